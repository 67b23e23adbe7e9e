package org.brkmap.report;

import java.util.ArrayList;
import java.util.List;
import org.brkmap.evidence.RunDocument;
import org.brkmap.model.HostFacts;
import org.brkmap.model.Limits;
import org.brkmap.model.Mapping;
import org.brkmap.model.Observation;
import org.brkmap.model.Snapshot;
import org.brkmap.model.TranscriptLine;
import org.brkmap.model.TranscriptLine.Direction;
import org.brkmap.model.Usage;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** What all else was made from, for who wants to check it: closed at first. */
final class RawEvidence {
    private static final int MOST_ROWS = 400;

    private RawEvidence() {}

    static List<Element> maps(List<Snapshot> snapshots) {
        List<Element> elements = new ArrayList<>();
        for (Snapshot snapshot : snapshots) {
            elements.add(Html.details(
                    "Maps at checkpoint " + snapshot.id() + ": " + Step.name(snapshot) + ", process " + snapshot.pid()
                            + ", " + Html.plural(snapshot.mappings().size(), "mapping", "mappings"),
                    rows(snapshot)));
        }
        return elements;
    }

    private static List<Element> rows(Snapshot snapshot) {
        List<Mapping> mappings = snapshot.mappings();
        StringBuilder text = new StringBuilder("addresses, permissions, size, resident, private dirty, role, name\n");
        for (Mapping mapping : mappings.subList(0, Math.min(MOST_ROWS, mappings.size()))) {
            Usage usage = mapping.usage();
            text.append(mapping.range())
                    .append(' ')
                    .append(mapping.permissions())
                    .append(padded(Sizes.compact(mapping.size())))
                    .append(padded(Sizes.compact(usage == null ? null : (Long) usage.rss())))
                    .append(padded(Sizes.compact(usage == null ? null : usage.privateDirty())))
                    .append("  ")
                    .append(mapping.role().title())
                    .append(" ".repeat(Math.max(1, 17 - mapping.role().title().length())))
                    .append(Visible.line(mapping.backing().name(), 200))
                    .append('\n');
        }
        if (mappings.size() > MOST_ROWS) {
            text.append("and ")
                    .append(Sizes.grouped(mappings.size() - MOST_ROWS))
                    .append(" more; the evidence holds all\n");
        }
        Element pre = Html.el("pre", "maps").attr("tabindex", "0");
        return List.of(pre.appendChild(Html.blockText(text.toString(), MOST_ROWS * 300)));
    }

    private static String padded(String text) {
        return " ".repeat(Math.max(1, 11 - text.length())) + text;
    }

    static Element transcript(Observation seen) {
        StringBuilder text = new StringBuilder();
        for (TranscriptLine line : seen.transcript()) {
            if (line.direction() == Direction.IN) {
                text.append("⟵ ")
                        .append(
                                line.text().equals("\n")
                                        ? "(newline)"
                                        : line.text().stripTrailing());
                text.append('\n');
            } else {
                text.append(line.text().replace("\r\n", "\n"));
                text.append(line.text().endsWith("\n") ? "" : "\n");
            }
        }
        return Html.details("What it printed, and what was typed (⟵)", Html.pre(text.toString()));
    }

    static Element facts(RunDocument run) {
        Observation seen = run.observation();
        HostFacts host = seen.host();
        Limits limits = seen.program().limits();
        Element list = Html.el("dl", "facts");
        fact(list, "Command", String.join(" ", seen.program().argv()));
        fact(list, "Compiler flags", seen.program().flags());
        fact(list, "Compiler", host.compiler());
        fact(list, "C library", host.libc());
        fact(list, "Kernel", host.kernel() + ", " + host.machine());
        fact(list, "Page size", Sizes.exact((long) host.pageSize()));
        Integer aslr = host.aslr();
        fact(list, "Address randomisation", aslr == null ? null : aslr == 0 ? "0, off" : aslr.toString());
        fact(list, "Transparent huge pages", host.transparentHugePages());
        Boolean zeros = host.zeroPage();
        fact(
                list,
                "Page of zeros",
                zeros == null ? null : zeros ? "shared: reading brings no page" : "not shared: reading brings a page");
        fact(list, "Observed with", String.join(", ", host.capabilities()));
        fact(list, "Malloc probe", seen.program().probed() ? "preloaded; its mappings are not counted" : "not used");
        fact(
                list,
                "Limits",
                limits.wallTime().toMillis() / 1000 + " s, " + Sizes.compact(limits.outputBytes()) + " of output, "
                        + (limits.memoryBytes() == 0
                                ? "memory as the caller's"
                                : Sizes.compact(limits.memoryBytes()) + " of memory")
                        + ", " + limits.processes() + " processes");
        fact(list, "Ended", seen.ending().describe());
        return Html.details("Host, flags and limits", list);
    }

    private static void fact(Element list, String name, @Nullable String value) {
        list.appendChild(Html.el("dt", null, name));
        list.appendChild(Html.el("dd", null, value == null ? Sizes.UNKNOWN : value));
    }
}
