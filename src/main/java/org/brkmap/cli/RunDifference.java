package org.brkmap.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.brkmap.analyse.Fingerprint;
import org.brkmap.evidence.RunDocument;
import org.brkmap.model.HostFacts;
import org.brkmap.model.Observation;
import org.brkmap.model.ProgramFacts;
import org.brkmap.model.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * One thing in which two runs differ.
 *
 * @param what it is
 * @param onlyOne what only the first has
 * @param onlyOther what only the second has
 */
record RunDifference(String what, List<String> onlyOne, List<String> onlyOther) {
    RunDifference {
        onlyOne = List.copyOf(onlyOne);
        onlyOther = List.copyOf(onlyOther);
    }

    Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("what", what);
        facts.put("onlyA", onlyOne);
        facts.put("onlyB", onlyOther);
        return facts;
    }

    static List<RunDifference> between(RunDocument one, RunDocument other) {
        List<RunDifference> found = new ArrayList<>();
        Observation a = one.observation();
        Observation b = other.observation();
        program(found, a.program(), b.program());
        host(found, a.host(), b.host());
        value(found, "ending", a.ending().describe(), b.ending().describe());
        snapshots(found, a.snapshots(), b.snapshots());
        return found;
    }

    private static void program(List<RunDifference> found, ProgramFacts a, ProgramFacts b) {
        value(found, "command", String.join(" ", a.argv()), String.join(" ", b.argv()));
        value(found, "flags", a.flags(), b.flags());
        value(found, "limits", a.limits().toString(), b.limits().toString());
        value(found, "malloc probe", Boolean.toString(a.probed()), Boolean.toString(b.probed()));
        lines(
                found,
                "sources",
                a.sources().stream()
                        .map(source -> source.name() + " " + source.sha256())
                        .toList(),
                b.sources().stream()
                        .map(source -> source.name() + " " + source.sha256())
                        .toList());
    }

    private static void host(List<RunDifference> found, HostFacts a, HostFacts b) {
        value(found, "kernel", a.kernel(), b.kernel());
        value(found, "machine", a.machine(), b.machine());
        value(found, "C library", a.libc(), b.libc());
        value(found, "compiler", a.compiler(), b.compiler());
        value(found, "page size", Integer.toString(a.pageSize()), Integer.toString(b.pageSize()));
        value(found, "ASLR", text(a.aslr()), text(b.aslr()));
        value(found, "huge pages", a.transparentHugePages(), b.transparentHugePages());
        value(found, "page of zeros is shared", text(a.zeroPage()), text(b.zeroPage()));
    }

    private static void snapshots(List<RunDifference> found, List<Snapshot> a, List<Snapshot> b) {
        lines(
                found,
                "checkpoints",
                a.stream().map(RunDifference::name).toList(),
                b.stream().map(RunDifference::name).toList());
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
            lines(
                    found,
                    "memory at checkpoint " + i + ", " + name(a.get(i)),
                    Fingerprint.of(a.get(i)).lines(),
                    Fingerprint.of(b.get(i)).lines());
        }
    }

    private static String name(Snapshot snapshot) {
        String kind = snapshot.kind().name().toLowerCase(java.util.Locale.ROOT);
        return snapshot.label().isBlank() || snapshot.label().equals(kind)
                ? kind
                : kind + " “" + snapshot.label() + "”";
    }

    private static String text(@Nullable Object value) {
        return value == null ? "n/a" : value.toString();
    }

    private static void value(List<RunDifference> found, String what, @Nullable String a, @Nullable String b) {
        if (!Objects.equals(a, b)) {
            found.add(new RunDifference(
                    what,
                    List.of(Objects.requireNonNullElse(a, "n/a")),
                    List.of(Objects.requireNonNullElse(b, "n/a"))));
        }
    }

    private static void lines(List<RunDifference> found, String what, List<String> a, List<String> b) {
        List<String> onlyOne = without(a, b);
        List<String> onlyOther = without(b, a);
        boolean reordered = onlyOne.isEmpty() && onlyOther.isEmpty() && !a.equals(b);
        if (reordered) {
            found.add(new RunDifference(what + " (the same in another order)", a, b));
        } else if (!onlyOne.isEmpty() || !onlyOther.isEmpty()) {
            found.add(new RunDifference(what, onlyOne, onlyOther));
        }
    }

    /** The lines that are more often in the first, as often as that. */
    private static List<String> without(List<String> lines, List<String> others) {
        Map<String, Integer> left = new HashMap<>();
        others.forEach(line -> left.merge(line, 1, Integer::sum));
        List<String> rest = new ArrayList<>();
        for (String line : lines) {
            if (left.merge(line, -1, Integer::sum) < 0) {
                rest.add(line.strip());
            }
        }
        return rest;
    }
}
