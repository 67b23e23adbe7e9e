package org.brkmap.report;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.brkmap.model.Change;
import org.brkmap.model.ChangeKind;
import org.brkmap.model.Mapping;
import org.brkmap.model.PageRun;
import org.brkmap.model.PageState;
import org.brkmap.model.Role;
import org.brkmap.model.Snapshot;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** Which pages of chosen regions are in memory: one cell a page, or for a large region one cell for so many pages. */
final class Residency {
    private static final int MOST_CELLS = 4096;
    private static final int MOST_REGIONS = 6;
    private static final double WIDTH = 768;

    private Residency() {}

    /** What the pages of a step's regions are: those that changed, the heap and the stack; null where nothing was read. */
    static @Nullable Element of(String id, Step step, int pageSize) {
        Set<Mapping> chosen = new LinkedHashSet<>();
        step.changes().stream()
                .filter(change -> change.kind() != ChangeKind.RESIDENCY)
                .map(Change::after)
                .forEach(mapping -> add(chosen, mapping));
        for (Role role : List.of(Role.HEAP, Role.SHARED, Role.THREAD_STACK, Role.STACK)) {
            step.after().mappings().stream()
                    .filter(mapping -> mapping.role() == role)
                    .forEach(mapping -> add(chosen, mapping));
        }
        if (chosen.isEmpty() || chosen.stream().allMatch(mapping -> mapping.pages() == null)) {
            return null;
        }
        Set<PageState> states = EnumSet.noneOf(PageState.class);
        Element figure = Html.el("figure", "page-strips");
        int number = 0;
        for (Mapping mapping : chosen) {
            figure.appendChild(strip(id + "-" + number++, mapping, step.before(), pageSize, states));
        }
        figure.appendChild(legend(states));
        return figure;
    }

    private static void add(Set<Mapping> chosen, @Nullable Mapping mapping) {
        if (mapping != null && chosen.size() < MOST_REGIONS) {
            chosen.add(mapping);
        }
    }

    private static Element strip(String id, Mapping mapping, Snapshot before, int pageSize, Set<PageState> states) {
        List<PageRun> pages = mapping.pages();
        Mapping old = before.mappings().stream()
                .filter(row -> row.role() == mapping.role() && row.range().overlaps(mapping.range()))
                .findFirst()
                .orElse(null);
        Element strip =
                Html.el("div", "strip").attr("data-range", mapping.range().toString());
        Element head = Html.el(
                "p",
                null,
                Html.el("span", "swatch " + Hue.of(mapping.role()).className()),
                Html.el("strong", null, MapRegion.label(mapping)),
                " ",
                Html.address(mapping.range()));
        strip.appendChild(head);
        if (pages == null) {
            strip.appendChild(Html.el("p", "quiet", "Pages: " + Sizes.UNKNOWN + "; the kernel did not say."));
            return strip;
        }
        long present = present(pages);
        long all = count(pages);
        Long was = old == null || old.pages() == null ? null : (Long) present(old.pages());
        head.appendChild(Html.el(
                "span",
                "quiet",
                Sizes.grouped(present) + " of " + Html.plural(all, "page", "pages") + " in memory"
                        + (was == null || was == present ? "" : ", " + Sizes.grouped(was) + " before")));
        pages.forEach(run -> states.add(run.state()));
        strip.appendChild(cells(id, MapRegion.label(mapping), pages, present, all, pageSize));
        return strip;
    }

    private static Element cells(String id, String label, List<PageRun> pages, long present, long all, int pageSize) {
        long each = (all + MOST_CELLS - 1) / MOST_CELLS;
        long count = (all + each - 1) / each;
        int columns = count <= 512 ? 64 : 128;
        double cell = WIDTH / columns;
        long rows = (count + columns - 1) / columns;
        Element svg = Svg.picture(
                id,
                "pages",
                WIDTH,
                rows * cell,
                "Pages of " + label,
                present + " of " + all + " pages are in memory. One cell is "
                        + (each == 1 ? "one page" : each + " pages") + ", " + Sizes.compact(each * pageSize) + ".");
        svg.attr("class", "pages" + (each > 1 ? " binned" : ""));
        long at = 0;
        for (PageRun run : pages) {
            paint(svg, run.state(), (double) at / each, (double) (at + run.pages()) / each, columns, cell);
            at += run.pages();
        }
        Element scroll = Html.el("div", null, svg);
        if (each > 1) {
            scroll.appendChild(Html.el(
                    "p",
                    "quiet",
                    "Each cell stands for " + Sizes.grouped(each)
                            + " pages; it is filled as far as they are in memory."));
        }
        return scroll;
    }

    /** A run of cells, a rectangle for each line that it touches. */
    private static void paint(Element svg, PageState state, double from, double to, int columns, double cell) {
        double at = from;
        while (at < to) {
            long row = (long) (at / columns);
            double end = Math.min(to, (row + 1.0) * columns);
            svg.appendChild(
                    Svg.rect(className(state), (at - row * columns) * cell, row * cell, (end - at) * cell, cell - 1));
            at = end;
        }
    }

    private static String className(PageState state) {
        return "page-" + state.name().toLowerCase(Locale.ROOT);
    }

    private static Element legend(Set<PageState> states) {
        Element legend = Html.el("figcaption", null, "One cell is one page, low addresses first. ");
        List<Element> items = new ArrayList<>();
        for (PageState state : states) {
            Element key = new Element("svg")
                    .attr("class", "key")
                    .attr("viewBox", "0 0 12 12")
                    .attr("aria-hidden", "true");
            key.appendChild(Svg.rect(className(state), 0.5, 0.5, 11, 11));
            items.add(Html.el("span", "state", key, " " + words(state)));
        }
        items.forEach(legend::appendChild);
        return legend;
    }

    private static long present(List<PageRun> pages) {
        return pages.stream()
                .filter(run -> switch (run.state()) {
                    case ABSENT, SWAPPED, GUARD -> false;
                    default -> true;
                })
                .mapToLong(PageRun::pages)
                .sum();
    }

    private static long count(List<PageRun> pages) {
        return pages.stream().mapToLong(PageRun::pages).sum();
    }

    private static String words(PageState state) {
        return switch (state) {
            case ABSENT -> "not there yet";
            case ZERO -> "the page of zeros";
            case ANONYMOUS -> "private memory";
            case FILE -> "the file's page";
            case COPIED -> "own copy of a file's page";
            case SHARED -> "shared memory";
            case SWAPPED -> "swapped out";
            case HUGE -> "part of a huge page";
            case GUARD -> "guard";
        };
    }
}
