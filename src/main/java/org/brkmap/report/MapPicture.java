package org.brkmap.report;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.brkmap.model.AddressRange;
import org.brkmap.model.Change;
import org.brkmap.model.ChangeKind;
import org.brkmap.model.Mapping;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** The address space before and after a step, side by side on one axis. */
final class MapPicture {
    private static final double COLUMN = 186;
    private static final double BETWEEN = 66;
    private static final double HEAD = 26;
    private static final double LEFT = 2;
    private static final double RIGHT = LEFT + COLUMN + BETWEEN;
    private static final double WIDTH = RIGHT + COLUMN + 2;

    private final String id;
    private final Step step;
    private final List<MapRegion> before;
    private final List<MapRegion> after;
    private final MapAxis axis;
    private @Nullable Cluster named;

    MapPicture(String id, Step step, int pageSize) {
        this.id = id;
        this.step = step;
        List<AddressRange> changed = step.changes().stream()
                .filter(change -> change.kind() != ChangeKind.RESIDENCY)
                .map(Change::range)
                .toList();
        this.before = MapRegion.of(step.before().mappings(), changed);
        this.after = MapRegion.of(step.after().mappings(), changed);
        this.axis = new MapAxis(before, after, pageSize);
    }

    Element figure() {
        Element svg = Svg.picture(
                id,
                "map",
                WIDTH,
                HEAD + axis.height() + 2,
                "The address space before and after",
                Verdict.headline(step) + " High addresses are on top.");
        svg.appendChild(hatch());
        svg.appendChild(Svg.text("column", LEFT, 16, "before"));
        svg.appendChild(Svg.text("column", RIGHT, 16, "after"));
        gaps(svg);
        clusters(svg);
        connectors(svg);
        blocks(svg, before, LEFT);
        blocks(svg, after, RIGHT);
        outlines(svg);
        return Html.el(
                "figure",
                "map",
                Html.el("div", "scroll", svg).attr("tabindex", "0"),
                Html.el("figcaption", null, caption()));
    }

    private String caption() {
        int joined = Math.max(rows(before) - before.size(), rows(after) - after.size());
        return "High addresses are on top. Heights are logarithmic: each doubling of a size adds the same height. "
                + "A zigzag is unmapped space, not to scale. The solid strip at a block's foot is the part of it that is in memory."
                + (joined > 0
                        ? " Unchanged neighbours are drawn as one block; the raw maps below list every row."
                        : "");
    }

    private static int rows(List<MapRegion> regions) {
        return regions.stream().mapToInt(MapRegion::rows).sum();
    }

    private Element hatch() {
        Element pattern = Html.el("pattern", null, Svg.line("hatch", 0, 0, 0, 6))
                .attr("id", id + "-hatch")
                .attr("width", "6")
                .attr("height", "6")
                .attr("patternUnits", "userSpaceOnUse")
                .attr("patternTransform", "rotate(45)");
        return Html.el("defs", null, pattern);
    }

    private void gaps(Element svg) {
        for (MapAxis.Band band : axis.bands()) {
            if (band.gap()) {
                double middle = HEAD + (band.top() + band.bottom()) / 2;
                svg.appendChild(Svg.path("gap", zigzag(middle, LEFT, LEFT + 36)));
                svg.appendChild(Svg.path("gap", zigzag(middle, WIDTH - 38, WIDTH - 2)));
                svg.appendChild(Svg.text(
                        "gap-size",
                        WIDTH / 2,
                        middle + 4,
                        "≈ " + Sizes.compact(band.range().length()) + " unmapped"));
            }
        }
    }

    /** Names the parts of the address space between the columns, where no change is drawn. */
    private void clusters(Element svg) {
        double top = 0;
        Cluster cluster = null;
        for (MapAxis.Band band : axis.bands()) {
            Cluster here = band.gap() ? null : clusterOf(band.range());
            if (here != cluster) {
                name(svg, cluster, top, band.top());
                cluster = here;
                top = band.top();
            }
        }
        name(svg, cluster, top, axis.height());
    }

    private void name(Element svg, @Nullable Cluster cluster, double top, double bottom) {
        if (cluster != null && cluster != named) {
            named = cluster;
            svg.appendChild(
                    Svg.text("cluster", LEFT + COLUMN + BETWEEN / 2, HEAD + (top + bottom) / 2 + 3, cluster.title()));
        }
    }

    private @Nullable Cluster clusterOf(AddressRange range) {
        boolean changed = step.changes().stream()
                .anyMatch(change -> change.kind() != ChangeKind.RESIDENCY
                        && (overlaps(change.before(), range) || overlaps(change.after(), range)));
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

    private static String zigzag(double y, double from, double to) {
        StringBuilder d = new StringBuilder("M" + Svg.number(from) + " " + Svg.number(y));
        boolean up = true;
        for (double x = from + 6; x <= to; x += 6) {
            d.append(" L").append(Svg.number(x)).append(' ').append(Svg.number(y + (up ? -4 : 4)));
            up = !up;
        }
        return d.toString();
    }

    private void blocks(Element svg, List<MapRegion> regions, double x) {
        for (MapRegion region : regions) {
            double top = HEAD + axis.top(region.range());
            double height = HEAD + axis.bottom(region.range()) - top;
            Element block = Html.el("g", "block " + region.hue().className());
            block.appendChild(Html.el("title", null, describe(region)));
            block.appendChild(Svg.rect("tint", x, top + 0.5, COLUMN, height - 1));
            if (region.guard()) {
                block.appendChild(
                        Svg.rect("guard", x, top + 0.5, COLUMN, height - 1).attr("fill", "url(#" + id + "-hatch)"));
            }
            Long resident = region.resident();
            if (resident != null && resident > 0) {
                double part =
                        COLUMN * Math.min(1, (double) resident / region.range().length());
                block.appendChild(Svg.rect("resident", x, top + height - 4.5, Math.max(1.5, part), 4));
            }
            double baseline = labelMiddle(region, x == LEFT) + 2;
            block.appendChild(Svg.text("name", x + 7, baseline, shortened(region)));
            block.appendChild(Svg.text(
                    "size",
                    x + COLUMN - 6,
                    baseline,
                    Sizes.compact(region.range().length())));
            svg.appendChild(block);
        }
    }

    /** The middle of the block, or of its part that did not change: the label must not seem to name the new part alone. */
    private double labelMiddle(MapRegion region, boolean left) {
        AddressRange kept = region.range();
        ChangeKind kind = left ? ChangeKind.SHRANK : ChangeKind.GREW;
        for (Change change : step.changes()) {
            AddressRange part = change.range();
            if (change.kind() == kind && kept.contains(part)) {
                boolean above = part.start() != kept.start();
                kept = above ? new AddressRange(kept.start(), part.start()) : new AddressRange(part.end(), kept.end());
            }
        }
        return HEAD + (place(kept.end(), region.range()) + place(kept.start(), region.range())) / 2;
    }

    private static String shortened(MapRegion region) {
        String label = Visible.line(region.label(), 60);
        int most = region.rows() > 1 ? 15 : 18;
        String cut = label.length() > most ? label.substring(0, most - 1) + "…" : label;
        return region.rows() > 1 ? cut + " ×" + region.rows() : cut;
    }

    private static String describe(MapRegion region) {
        return region.label() + ", " + Sizes.compact(region.range().length()) + ", resident "
                + Sizes.compact(region.resident()) + ", " + region.range()
                + (region.rows() > 1 ? ", " + region.rows() + " mappings" : "");
    }

    private void connectors(Element svg) {
        Set<String> drawn = new HashSet<>();
        for (Change change : step.changes()) {
            if (change.kind() == ChangeKind.RESIDENCY) {
                continue;
            }
            AddressRange old = range(change.before(), change.range());
            AddressRange now = range(change.after(), change.range());
            if (!drawn.add(old + " " + now)) {
                continue;
            }
            double oldTop = HEAD + axis.top(old);
            double oldBottom = HEAD + axis.bottom(old);
            double nowTop = HEAD + axis.top(now);
            double nowBottom = HEAD + axis.bottom(now);
            if (change.before() == null) {
                oldTop = oldBottom = (oldTop + oldBottom) / 2;
            }
            if (change.after() == null) {
                nowTop = nowBottom = (nowTop + nowBottom) / 2;
            }
            svg.appendChild(Svg.path(
                    "connector " + Hue.of(change.role()).className(),
                    "M" + Svg.number(LEFT + COLUMN) + " " + Svg.number(oldTop) + " L" + Svg.number(RIGHT) + " "
                            + Svg.number(nowTop) + " L" + Svg.number(RIGHT) + " " + Svg.number(nowBottom) + " L"
                            + Svg.number(LEFT + COLUMN) + " " + Svg.number(oldBottom) + " Z"));
        }
    }

    private static AddressRange range(@Nullable Mapping mapping, AddressRange otherwise) {
        return mapping == null ? otherwise : mapping.range();
    }

    private void outlines(Element svg) {
        List<Element> labels = new ArrayList<>();
        for (Change change : step.changes()) {
            boolean gone = change.kind() == ChangeKind.REMOVED || change.kind() == ChangeKind.SHRANK;
            if (change.kind() == ChangeKind.RESIDENCY) {
                continue;
            }
            double x = gone ? LEFT : RIGHT;
            double top = HEAD + place(change.range().end(), change.range());
            double bottom = HEAD + place(change.range().start(), change.range());
            svg.appendChild(Svg.named(
                    Svg.rect(gone ? "removed" : "added", x + 1, top + 1, COLUMN - 2, Math.max(2, bottom - top - 2)),
                    Kinds.word(change.kind()) + " " + Sizes.delta(change.bytes())));
            labels.add(Svg.text(
                    "change", LEFT + COLUMN + BETWEEN / 2, (top + bottom) / 2 + 1, Kinds.glyph(change.kind())));
            labels.add(Svg.text(
                    "change-size", LEFT + COLUMN + BETWEEN / 2, (top + bottom) / 2 + 13, Sizes.delta(change.bytes())));
        }
        labels.forEach(svg::appendChild);
    }

    /** Where an address is on the axis, which need not be an edge of a block. */
    private double place(long address, AddressRange otherwise) {
        for (MapAxis.Band band : axis.bands()) {
            if (band.range().end() == address) {
                return band.top();
            }
            if (band.range().start() == address) {
                return band.bottom();
            }
            if (band.range().contains(address)) {
                double part =
                        (double) (band.range().end() - address) / band.range().length();
                return band.top() + part * (band.bottom() - band.top());
            }
        }
        return axis.bottom(otherwise);
    }
}
