package org.brkmap.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;
import org.brkmap.model.AddressRange;
import org.brkmap.model.Change;
import org.brkmap.model.ChangeKind;
import org.brkmap.model.Mapping;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** Two address spaces side by side on one axis: before and after a step, or of two programs. */
final class MapPicture {
    private static final double COLUMN = 186;
    private static final double BETWEEN = 66;
    private static final double HEAD = 26;
    private static final double LEFT = 2;
    private static final double RIGHT = LEFT + COLUMN + BETWEEN;
    private static final double WIDTH = RIGHT + COLUMN + 2;
    private static final double MIDDLE = LEFT + COLUMN + BETWEEN / 2;

    private static final int MOST_CHANGES = 48;

    private final String id;
    /** The largest first, and no more than can be told apart. */
    private final List<Change> changes;

    private final int changesInAll;
    private final List<MapRegion> before;
    private final List<MapRegion> after;
    private final MapAxis axis;
    private final MapColumn draw;

    MapPicture(String id, Step step, int pageSize) {
        this.id = id;
        List<Change> all = step.changes().stream()
                .filter(change -> change.kind() != ChangeKind.RESIDENCY)
                .toList();
        this.changesInAll = all.size();
        this.changes = all.stream()
                .sorted(Comparator.comparingLong((Change change) -> -Math.abs(change.bytes())))
                .limit(MOST_CHANGES)
                .toList();
        Blocks blocks = new Blocks(
                List.of(step.before().mappings(), step.after().mappings()),
                all.stream().map(Change::range).toList());
        this.before = blocks.of(step.before().mappings());
        this.after = blocks.of(step.after().mappings());
        this.axis = new MapAxis(List.of(before, after), pageSize);
        this.draw = new MapColumn(id, axis, HEAD);
    }

    List<MapRegion> before() {
        return before;
    }

    List<MapRegion> after() {
        return after;
    }

    /** The picture under the names of its columns. */
    Element figure(String left, String right, String finding) {
        Element svg = Svg.picture(
                id,
                "map",
                WIDTH,
                HEAD + axis.height() + 2,
                "The address space " + left + " and " + right,
                finding + " High addresses are on top.");
        svg.appendChild(draw.definitions());
        draw.gaps(svg, LEFT, WIDTH - 2, "unmapped");
        clusters(svg);
        Element connectors = Html.el("g", "connectors");
        connectors(connectors);
        svg.appendChild(connectors);
        svg.appendChild(column("before", left, before, LEFT));
        svg.appendChild(column("after", right, after, RIGHT));
        labels(svg);
        return Html.el("figure", "map", Html.scroll(svg), Html.el("figcaption", null, caption()));
    }

    /** The blocks in short, for a thumbnail: {@code hue,column,top,height} of each, top and height in percent. */
    String small() {
        StringJoiner small = new StringJoiner(" ");
        int column = 0;
        for (List<MapRegion> side : List.of(before, after)) {
            for (MapRegion region : side) {
                long top = Math.round(100 * axis.top(region.range()) / axis.height());
                long bottom = Math.round(100 * axis.bottom(region.range()) / axis.height());
                String hue = region.hue().name().toLowerCase(Locale.ROOT);
                small.add(hue + "," + column + "," + top + "," + Math.max(1, bottom - top));
            }
            column++;
        }
        return small.toString();
    }

    private String caption() {
        int joined = Math.max(rows(before) - before.size(), rows(after) - after.size());
        int most = Math.max(before.size(), after.size());
        return "High addresses are on top. Heights are logarithmic: each doubling of a size adds the same height. "
                + "A zigzag is unmapped space, not to scale. The solid strip at a block's foot is the part of it that is in memory."
                + (joined > 0
                        ? " Neighbours of one kind are drawn as one block, ×n: "
                                + Html.plural(Math.max(rows(before), rows(after)), "mapping", "mappings") + " as "
                                + Html.plural(most, "block", "blocks") + "."
                        : "")
                + (changesInAll > changes.size()
                        ? " Outlined are the " + changes.size() + " largest of " + Sizes.grouped(changesInAll)
                                + " changes."
                        : "");
    }

    private static int rows(List<MapRegion> regions) {
        return regions.stream().mapToInt(MapRegion::rows).sum();
    }

    private Element column(String side, String title, List<MapRegion> regions, double x) {
        Element column = Html.el("g", "column-" + side, Svg.text("column", x, 16, title));
        for (MapRegion region : regions) {
            column.appendChild(draw.block(
                    region,
                    x,
                    COLUMN,
                    MapColumn.side(region.range(), before, after),
                    kept(region, side.equals("before"))));
        }
        for (Change change : changes) {
            boolean gone = change.kind() == ChangeKind.REMOVED || change.kind() == ChangeKind.SHRANK;
            if (gone == side.equals("before")) {
                column.appendChild(outline(change, gone, x));
            }
        }
        return column;
    }

    private Element outline(Change change, boolean gone, double x) {
        double top = draw.top(change.range());
        double bottom = draw.bottom(change.range());
        return Svg.named(
                        Svg.rect(gone ? "removed" : "added", x + 1, top + 1, COLUMN - 2, Math.max(2, bottom - top - 2)),
                        Kinds.word(change.kind()) + " " + Sizes.delta(change.bytes()))
                .addClass(
                        "outline in-" + (gone ? "before" : change.kind() == ChangeKind.REPROTECTED ? "both" : "after"));
    }

    /** The block, or its part that did not change: the label must not seem to name the new part alone. */
    private AddressRange kept(MapRegion region, boolean left) {
        AddressRange kept = region.range();
        ChangeKind kind = left ? ChangeKind.SHRANK : ChangeKind.GREW;
        for (Change change : changes) {
            AddressRange part = change.range();
            if (change.kind() == kind && kept.contains(part) && !kept.equals(part)) {
                boolean above = part.start() != kept.start();
                kept = above ? new AddressRange(kept.start(), part.start()) : new AddressRange(part.end(), kept.end());
            }
        }
        return kept;
    }

    /** Names the parts of the address space between the columns, where no change is drawn. */
    private void clusters(Element svg) {
        double top = 0;
        Cluster cluster = null;
        Set<Cluster> named = new HashSet<>();
        for (MapAxis.Band band : axis.bands()) {
            Cluster here = band.gap() ? null : clusterOf(band.range());
            if (here != cluster) {
                name(svg, cluster, top, band.top(), named);
                cluster = here;
                top = band.top();
            }
        }
        name(svg, cluster, top, axis.height(), named);
    }

    private static void name(Element svg, @Nullable Cluster cluster, double top, double bottom, Set<Cluster> named) {
        if (cluster != null && named.add(cluster)) {
            svg.appendChild(Svg.text("cluster", MIDDLE, HEAD + (top + bottom) / 2 + 3, cluster.title()));
        }
    }

    private @Nullable Cluster clusterOf(AddressRange range) {
        boolean changed = changes.stream()
                .anyMatch(change -> overlaps(change.before(), range) || overlaps(change.after(), range));
        if (changed) {
            return null;
        }
        for (MapRegion region : after) {
            if (region.range().overlaps(range)) {
                return Cluster.of(region.hue());
            }
        }
        return null;
    }

    private static boolean overlaps(@Nullable Mapping mapping, AddressRange range) {
        return mapping != null && mapping.range().overlaps(range);
    }

    /** Bands from what a region was to what it is, from edge to edge. */
    private void connectors(Element group) {
        Set<String> drawn = new HashSet<>();
        for (Change change : changes) {
            AddressRange old = range(change.before(), change.range());
            AddressRange now = range(change.after(), change.range());
            if (!drawn.add(old + " " + now)) {
                continue;
            }
            double oldTop = draw.top(old);
            double oldBottom = draw.bottom(old);
            double nowTop = draw.top(now);
            double nowBottom = draw.bottom(now);
            if (change.before() == null) {
                oldTop = oldBottom = (oldTop + oldBottom) / 2;
            }
            if (change.after() == null) {
                nowTop = nowBottom = (nowTop + nowBottom) / 2;
            }
            group.appendChild(Svg.path(
                            "connector " + Hue.of(change.role()).className(),
                            "M" + Svg.number(LEFT + COLUMN) + " " + Svg.number(oldTop) + " L" + Svg.number(RIGHT) + " "
                                    + Svg.number(nowTop) + " L" + Svg.number(RIGHT) + " " + Svg.number(nowBottom)
                                    + " L" + Svg.number(LEFT + COLUMN) + " " + Svg.number(oldBottom) + " Z")
                    .attr("data-range", change.range().toString()));
        }
    }

    private static AddressRange range(@Nullable Mapping mapping, AddressRange otherwise) {
        return mapping == null ? otherwise : mapping.range();
    }

    /** What changed and by how much, between the columns; where two would lie on each other, the smaller gives way. */
    private void labels(Element svg) {
        List<Double> taken = new ArrayList<>();
        for (Change change : changes) {
            double y = (draw.top(change.range()) + draw.bottom(change.range())) / 2;
            if (taken.stream().noneMatch(other -> Math.abs(other - y) < 26)) {
                taken.add(y);
                svg.appendChild(Svg.text("change", MIDDLE, y + 1, Kinds.glyph(change.kind())));
                svg.appendChild(Svg.text("change-size", MIDDLE, y + 13, Sizes.delta(change.bytes())));
            }
        }
    }
}
