package org.brkmap.report;

import java.util.List;
import org.brkmap.model.AddressRange;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** Draws address spaces as columns of blocks on an axis. */
final class MapColumn {
    private final String id;
    private final MapAxis axis;
    private final double head;

    /** For the picture of this id, which leaves so much room above the axis. */
    MapColumn(String id, MapAxis axis, double head) {
        this.id = id;
        this.axis = axis;
        this.head = head;
    }

    double top(AddressRange range) {
        return head + axis.top(range);
    }

    double bottom(AddressRange range) {
        return head + axis.bottom(range);
    }

    /** The hatching of what may not be touched. */
    Element definitions() {
        Element pattern = Html.el("pattern", null, Svg.line("hatch", 0, 0, 0, 6))
                .attr("id", id + "-hatch")
                .attr("width", "6")
                .attr("height", "6")
                .attr("patternUnits", "userSpaceOnUse")
                .attr("patternTransform", "rotate(45)");
        return Html.el("defs", null, pattern);
    }

    /**
     * One block; what is drawn of its text stands beside a kept range where that is given.
     *
     * @param side which columns have something there: {@code before}, {@code both} or {@code after}; null where there is one
     */
    Element block(MapRegion region, double x, double width, @Nullable String side, AddressRange kept) {
        double top = top(region.range());
        double height = bottom(region.range()) - top;
        Element block = Html.el(
                        "g",
                        "block " + region.hue().className() + (side == null ? "" : " in-" + side),
                        Html.el("title", null, region.describe()))
                .attr("data-range", region.range().toString());
        block.appendChild(Svg.rect("tint", x, top + 0.5, width, height - 1));
        if (region.guard()) {
            block.appendChild(
                    Svg.rect("guard", x, top + 0.5, width, height - 1).attr("fill", "url(#" + id + "-hatch)"));
        }
        Long resident = region.resident();
        if (resident != null && resident > 0) {
            double part = width * Math.min(1, (double) resident / region.bytes());
            block.appendChild(Svg.rect("resident", x, top + height - 4, Math.max(1.5, part), 3.5));
        }
        double room = head + axis.bottom(kept) - head - axis.top(kept);
        if (room >= 12) {
            double baseline = head + (axis.top(kept) + axis.bottom(kept)) / 2 + (room < 17 ? 3 : 2.5);
            block.appendChild(Svg.text("name", x + 7, baseline, shortened(region, width)));
            block.appendChild(Svg.text("size", x + width - 6, baseline, Sizes.compact(region.bytes())));
        }
        return block;
    }

    private static String shortened(MapRegion region, double width) {
        String label = Visible.line(region.label(), 60);
        String rows = region.rows() > 1 ? " ×" + Sizes.grouped(region.rows()) : "";
        int most = (int) (width / 8.2) - 4 - rows.length();
        String cut = label.length() > most ? label.substring(0, most - 1) + "…" : label;
        return cut + rows;
    }

    /** A zigzag at both edges for what is not mapped, with how much that is. */
    void gaps(Element svg, double left, double right, String unmapped) {
        for (MapAxis.Band band : axis.bands()) {
            if (band.gap()) {
                double middle = head + (band.top() + band.bottom()) / 2;
                svg.appendChild(Svg.path("gap", zigzag(middle, left, left + 36)));
                svg.appendChild(Svg.path("gap", zigzag(middle, right - 36, right)));
                svg.appendChild(Svg.text(
                        "gap-size",
                        (left + right) / 2,
                        middle + 4,
                        "≈ " + Sizes.compact(band.range().length()) + " " + unmapped));
            }
        }
    }

    private static String zigzag(double y, double from, double to) {
        StringBuilder d = new StringBuilder("M" + Svg.number(from) + " " + Svg.number(y) + "l6-4");
        boolean up = false;
        for (double x = from + 12; x <= to; x += 6) {
            d.append(up ? " 6-8" : " 6 8");
            up = !up;
        }
        return d.toString();
    }

    /** Which of two columns have something in a range. */
    static String side(AddressRange range, List<MapRegion> before, List<MapRegion> after) {
        boolean was = overlaps(before, range);
        boolean is = overlaps(after, range);
        return was && is ? "both" : was ? "before" : "after";
    }

    private static boolean overlaps(List<MapRegion> blocks, AddressRange range) {
        return blocks.stream().anyMatch(block -> block.range().overlaps(range));
    }
}
