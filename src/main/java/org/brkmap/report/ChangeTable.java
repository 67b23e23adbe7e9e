package org.brkmap.report;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.brkmap.evidence.RunDocument;
import org.brkmap.model.Change;
import org.brkmap.model.ChangeKind;
import org.brkmap.model.Mapping;
import org.brkmap.model.Usage;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** The changes of a run, step by step, each with its cause. */
final class ChangeTable {
    private static final int MOST_ROWS = 200;
    private static final int MOST_BRIEF = 2;

    private final int run;
    private final Sources sources;
    private final CauseLines causes;
    private final IdentityHashMap<Change, Integer> numbers = new IdentityHashMap<>();

    ChangeTable(int run, RunDocument document, Sources sources) {
        this.run = run;
        this.sources = sources;
        this.causes = new CauseLines(run, document.observation(), sources);
        List<Change> all = document.analysis().changes();
        for (int i = all.size() - 1; i >= 0; i--) {
            numbers.put(all.get(i), i);
        }
    }

    /** All changes: those of the layout are open to view; page faults, and what happened at the start, are folded away. */
    List<Element> full(List<Step> steps) {
        List<Element> elements = new ArrayList<>();
        elements.add(layout(steps));
        List<Step> own = steps.stream().filter(step -> !step.isStart()).toList();
        long faults = count(own, true);
        if (faults > 0) {
            elements.add(Html.details(
                    "Same regions, other pages in memory: " + Html.plural(faults, "change", "changes"),
                    table("Resident memory of whole regions", own, true)));
        }
        List<Step> start = steps.stream().filter(Step::isStart).toList();
        if (count(start, false) > 0) {
            elements.add(Html.details(
                    "Before the first stop: the loader and the program's start, "
                            + Html.plural(count(start, false), "change", "changes"),
                    table("From exec to the first stop", start, false)));
        }
        return elements;
    }

    /** The first changes of the layout, a line each. */
    List<Element> brief(List<Step> steps) {
        List<Change> changes = steps.stream()
                .filter(step -> !step.isStart())
                .flatMap(step -> chosen(step, false).stream())
                .toList();
        if (changes.isEmpty()) {
            return List.of();
        }
        Element list = Html.el("ul", "brief");
        changes.stream().limit(MOST_BRIEF).forEach(change -> list.appendChild(line(change)));
        if (changes.size() > MOST_BRIEF) {
            list.appendChild(Html.el(
                    "li", "quiet", "and " + Html.plural(changes.size() - MOST_BRIEF, "more change", "more changes")));
        }
        return List.of(list);
    }

    private Element line(Change change) {
        Element line = Html.el(
                "li",
                null,
                Html.el("span", "glyph", Kinds.glyph(change.kind())).attr("aria-hidden", "true"),
                " " + change.role().title() + " " + Kinds.word(change.kind()) + ", " + Sizes.delta(change.bytes())
                        + ": ",
                causes.of(change).get(0).tagName("span"));
        int number = numbers.getOrDefault(change, -1);
        sources.shown(run, number);
        return line.attr("id", RunSection.changeId(run, number));
    }

    private Element layout(List<Step> steps) {
        List<Step> own = steps.stream().filter(step -> !step.isStart()).toList();
        return count(own, false) == 0
                ? Html.el("p", "quiet", "Between the program's stops, no region came, went or changed its size.")
                : table("Sizes are of the whole region; addresses of the part that differs", own, false);
    }

    private static List<Change> chosen(Step step, boolean residency) {
        return step.changes().stream()
                .filter(change -> (change.kind() == ChangeKind.RESIDENCY) == residency)
                .toList();
    }

    private static long count(List<Step> steps, boolean residency) {
        return steps.stream().mapToLong(step -> chosen(step, residency).size()).sum();
    }

    private Element table(String caption, List<Step> steps, boolean residency) {
        Element table = Html.el(
                "table",
                "changes cards",
                Html.el("caption", null, caption),
                Html.el(
                        "thead",
                        null,
                        Html.el(
                                "tr",
                                null,
                                Html.head("col", null, "Change"),
                                Html.head("col", null, "Region"),
                                Html.head("col", "num", "Size before → after"),
                                Html.head("col", "num", "Difference"),
                                Html.head("col", null, "Cause"))));
        int rows = 0;
        for (Step step : steps) {
            List<Change> changes = chosen(step, residency);
            Element body = Html.el(
                    "tbody",
                    null,
                    Html.el(
                            "tr",
                            "step",
                            Html.head("rowgroup", null, step.title()).attr("colspan", "5")));
            if (!changes.isEmpty() && rows < MOST_ROWS) {
                changes.stream().limit(MOST_ROWS - rows).forEach(change -> body.appendChild(row(change)));
                table.appendChild(body);
            }
            rows += changes.size();
        }
        if (rows > MOST_ROWS) {
            table.appendChild(Html.el(
                    "tfoot",
                    null,
                    Html.el(
                            "tr",
                            null,
                            Html.el(
                                            "td",
                                            null,
                                            "The first " + MOST_ROWS + " of " + Html.plural(rows, "change", "changes")
                                                    + "; the evidence holds all.")
                                    .attr("colspan", "5"))));
        }
        return table;
    }

    private Element row(Change change) {
        int index = numbers.getOrDefault(change, -1);
        sources.shown(run, index);
        return Html.el(
                        "tr",
                        change.kind() == ChangeKind.RESIDENCY ? "residency" : null,
                        Html.el(
                                "td",
                                "kind",
                                Html.el("span", "glyph", Kinds.glyph(change.kind()))
                                        .attr("aria-hidden", "true"),
                                " " + Kinds.word(change.kind())),
                        Html.el("td", "region", region(change)),
                        Html.cell("Size before → after", "num", sizes(change)),
                        Html.cell("Difference", "num", Html.delta(change.bytes()), " ", residentNote(change)),
                        Html.cell("Cause", "cause", causes.of(change)))
                .attr("id", RunSection.changeId(run, index))
                .attr("data-range", change.range().toString())
                .attr("data-hue", Hue.of(change.role()).className());
    }

    private static List<Element> region(Change change) {
        return List.of(
                Html.el(
                        "div",
                        null,
                        Html.el("span", "swatch " + Hue.of(change.role()).className()),
                        Html.el("strong", null, change.role().title()),
                        " ",
                        Html.code(Visible.line(change.at(), 120))),
                Html.address(change.range()));
    }

    private static List<Element> sizes(Change change) {
        if (change.kind() == ChangeKind.RESIDENCY) {
            return List.of(arrow(resident(change.before()), resident(change.after())));
        }
        return List.of(arrow(size(change.before()), size(change.after())));
    }

    private static Element arrow(@Nullable Long before, @Nullable Long after) {
        return Html.el(
                "span",
                "arrow",
                before == null ? "–" : Html.size(before),
                " → ",
                after == null ? "–" : Html.size(after));
    }

    private static Object residentNote(Change change) {
        if (change.kind() == ChangeKind.RESIDENCY) {
            return Html.el("small", null, "resident");
        }
        Mapping after = change.after();
        Long resident = resident(after);
        return after == null
                ? List.of()
                : Html.el("small", null, "resident ", Html.size(resident), permissions(change));
    }

    private static String permissions(Change change) {
        Mapping before = change.before();
        Mapping after = change.after();
        return change.kind() == ChangeKind.REPROTECTED && before != null && after != null
                ? ", " + before.permissions() + " → " + after.permissions()
                : "";
    }

    private static @Nullable Long size(@Nullable Mapping mapping) {
        return mapping == null ? null : (Long) mapping.size();
    }

    private static @Nullable Long resident(@Nullable Mapping mapping) {
        Usage usage = mapping == null ? null : mapping.usage();
        return usage == null ? null : (Long) usage.rss();
    }
}
