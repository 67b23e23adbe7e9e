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

    static List<Element> maps(RunDocument run) {
        List<Element> elements = new ArrayList<>();
        for (Snapshot snapshot : run.observation().snapshots()) {
            elements.add(Html.details(
                    "Maps at checkpoint " + snapshot.id() + ": " + Step.name(snapshot) + ", process " + snapshot.pid()
                            + ", " + Html.plural(snapshot.mappings().size(), "mapping", "mappings"),
                    rows(snapshot)));
        }
        return elements;
    }

    private static Element rows(Snapshot snapshot) {
        Element body = new Element("tbody");
        List<Mapping> mappings = snapshot.mappings();
        for (Mapping mapping : mappings.subList(0, Math.min(MOST_ROWS, mappings.size()))) {
            Usage usage = mapping.usage();
            body.appendChild(Html.el(
                    "tr",
                    null,
                    Html.head("row", null, Html.address(mapping.range())),
                    Html.el("td", null, Html.code(mapping.permissions().toString())),
                    Html.el("td", "num", Html.size(mapping.size())),
                    Html.el("td", "num", Html.size(usage == null ? null : (Long) usage.rss())),
                    Html.el("td", "num", Html.size(usage == null ? null : usage.privateDirty())),
                    Html.el(
                            "td",
                            null,
                            Html.el("span", "swatch " + Hue.of(mapping.role()).className()),
                            mapping.role().title()),
                    Html.el("td", "path", Html.code(mapping.backing().name()))));
        }
        String more = mappings.size() <= MOST_ROWS
                ? ""
                : ": the first " + MOST_ROWS + " of " + Sizes.grouped(mappings.size()) + "; the evidence holds all";
        return Html.el(
                "div",
                "scroll",
                Html.el(
                        "table",
                        "maps",
                        Html.el("caption", null, "Mappings, by address" + more),
                        Html.el(
                                "thead",
                                null,
                                Html.el(
                                        "tr",
                                        null,
                                        Html.head("col", null, "Addresses"),
                                        Html.head("col", null, "Perms"),
                                        Html.head("col", "num", "Size"),
                                        Html.head("col", "num", "Resident"),
                                        Html.head("col", "num", "Private dirty"),
                                        Html.head("col", null, "Role"),
                                        Html.head("col", null, "Name"))),
                        body));
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
