package lab5;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.brkmap.analyse.Analysis;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Recipe;
import org.brkmap.lab.Space;
import org.brkmap.model.Mapping;
import org.brkmap.model.Role;
import org.brkmap.model.Snapshot;

/** The five programs of suspect.c, in an order of the student's own: what is seen of them, and what they are. */
final class Suspects {
    static final List<String> NAMES = List.of("a", "b", "c", "d", "e");
    static final List<String> GROWTHS = List.of("heap", "mappings", "plateau", "none");
    static final List<String> KINDS = List.of("small-leak", "large-leak", "fragmentation", "cache", "none");
    static final int ROUNDS = 8;

    /** From here on what was going to stop has stopped. */
    private static final int SETTLED = 5;

    private static final long KIB = 1024;

    private Suspects() {}

    /** A program as the report shows it: without the malloc probe, whose log would say what it is. */
    static Recipe shown(Bench bench, String name) {
        return recipe(bench, name, "program " + name + ": eight rounds").withoutProbe();
    }

    private static Recipe recipe(Bench bench, String name, String title) {
        return Recipe.of(title, "labs/lab5/suspect.c")
                .define("SEED", bench.draw("suspects").between(1, 1_000_000))
                .define("PROGRAM", NAMES.indexOf(name));
    }

    /** Puts the program where a student finds it. */
    static Path handOut(Bench bench, String name) {
        Path built = bench.build(shown(bench, name)).executable();
        Path handed = bench.file("target/lab5/" + name);
        try {
            Files.createDirectories(handed.getParent());
            if (!Files.exists(handed) || Files.mismatch(built, handed) >= 0) {
                Path fresh = Files.createTempFile(handed.getParent(), name, null);
                Files.copy(built, fresh, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
                Files.move(fresh, handed, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            }
            return handed;
        } catch (IOException e) {
            throw bench.notChecked(handed + " cannot be written: " + e.getMessage());
        }
    }

    /** What region growth alone says of a program. */
    static String growth(Analysis run) {
        if (mapped(run, ROUNDS) > mapped(run, SETTLED)) {
            return "mappings";
        }
        if (heap(run, ROUNDS) > heap(run, SETTLED)) {
            return "heap";
        }
        return heap(run, SETTLED) > heap(run, 1) ? "plateau" : "none";
    }

    /** What it is, by what it has in use: its requests are noted, and no name in its source is believed. */
    static String kind(Bench bench, String name) {
        Analysis run = bench.observe(
                recipe(bench, name, "program " + name + ", with its requests").notKept());
        long settled = Ledger.bytes(run, label(SETTLED));
        long end = Ledger.bytes(run, label(ROUNDS));
        if (end > settled) {
            Map<Long, Long> late = Ledger.inUse(run, label(ROUNDS));
            late.keySet().removeAll(Ledger.inUse(run, label(SETTLED)).keySet());
            Snapshot snapshot = Space.at(run, label(ROUNDS));
            boolean inHeap = late.keySet().stream()
                    .anyMatch(address -> snapshot.mappingAt(address)
                            .map(Mapping::role)
                            .filter(role -> role == Role.HEAP)
                            .isPresent());
            return inHeap ? "small-leak" : "large-leak";
        }
        if (heap(run, ROUNDS) > heap(run, SETTLED)) {
            return "fragmentation";
        }
        return settled > Ledger.bytes(run, label(1)) ? "cache" : "none";
    }

    private static String label(int round) {
        return round == 0 ? "start" : "round " + round;
    }

    private static long heap(Analysis run, int round) {
        return Space.bytes(Space.at(run, label(round)), Role.HEAP);
    }

    private static long mapped(Analysis run, int round) {
        return Space.bytes(Space.at(run, label(round)), Role.ANONYMOUS);
    }

    /** The sizes of regions at each checkpoint, as the kernel tells them, and nothing else. */
    static String table(Map<String, Analysis> runs) {
        StringBuilder text =
                new StringBuilder("Five programs, eight rounds; KiB at each checkpoint, as the kernel tells them.\n"
                        + "heap: the row [heap]; mapped: anonymous rows; memory: pages of both that are in memory.\n");
        runs.forEach((name, run) -> {
            text.append("\nprogram ").append(name).append('\n');
            text.append(String.format(Locale.ROOT, "  %-10s", ""));
            for (int round = 0; round <= ROUNDS; round++) {
                text.append(String.format(Locale.ROOT, "%9s", label(round)));
            }
            row(text, "heap", run, Suspects::heap);
            row(text, "mapped", run, Suspects::mapped);
            row(
                    text,
                    "memory",
                    run,
                    (each, round) -> Space.anonymous(
                            Space.at(each, label(round)), role -> role == Role.HEAP || role == Role.ANONYMOUS));
            text.append('\n');
        });
        return text.toString();
    }

    /** KiB of the heap at each checkpoint, for the report. */
    static String heapByRound(Analysis run) {
        return byRound(run, Suspects::heap);
    }

    /** KiB of anonymous mappings at each checkpoint, for the report. */
    static String mappedByRound(Analysis run) {
        return byRound(run, Suspects::mapped);
    }

    private static String byRound(Analysis run, Column column) {
        return IntStream.rangeClosed(0, ROUNDS)
                .mapToObj(round -> Long.toString(column.bytes(run, round) / KIB))
                .collect(Collectors.joining(" "));
    }

    private interface Column {
        long bytes(Analysis run, int round);
    }

    private static void row(StringBuilder text, String title, Analysis run, Column column) {
        text.append(String.format(Locale.ROOT, "%n  %-10s", title));
        for (int round = 0; round <= ROUNDS; round++) {
            text.append(String.format(Locale.ROOT, "%9d", column.bytes(run, round) / KIB));
        }
    }
}
