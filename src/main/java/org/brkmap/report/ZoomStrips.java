package org.brkmap.report;

import java.util.ArrayList;
import java.util.List;
import org.brkmap.model.AddressRange;
import org.jsoup.nodes.Element;

/** The parts of an address space that lie together, each on a linear scale of its own, before above after. */
final class ZoomStrips {
    private static final double LABEL = 150;
    private static final double WIDTH = 760;
    private static final double ROW = 52;
    private static final double LANE = 13;
    private static final int MOST_STRIPS = 8;
    /** A gap longer than this, and than all that lies below it in the part, begins another part. */
    private static final long NEAR = 1L << 20;

    /** What lies together. */
    private record Part(AddressRange range, Cluster cluster) {}

    private ZoomStrips() {}

    static Element of(String id, MapPicture map) {
        List<MapRegion> all = new ArrayList<>(map.before());
        all.addAll(map.after());
        all.sort((one, other) -> one.range().compareTo(other.range()));
        List<Part> parts = parts(all);
        int left = Math.max(0, parts.size() - MOST_STRIPS);
        parts = parts.subList(0, parts.size() - left);
        Element svg = Svg.picture(
                id,
                "zoom",
                WIDTH,
                parts.size() * ROW + 2,
                "The parts of the address space, each on a linear scale of its own",
                "In each strip the upper lane is before, the lower one after; widths are true to scale.");
        for (int i = 0; i < parts.size(); i++) {
            strip(svg, parts.get(parts.size() - 1 - i), i * ROW, map);
        }
        return Html.el(
                "figure",
                "zoom",
                Html.scroll(svg),
                Html.el(
                        "figcaption",
                        null,
                        "Linear, each strip by the scale printed under it; low addresses are on the left, before is above after."
                                + (left > 0 ? " " + Html.plural(left, "part is", "parts are") + " not drawn." : "")));
    }

    private static List<Part> parts(List<MapRegion> sorted) {
        List<Part> parts = new ArrayList<>();
        for (MapRegion region : sorted) {
            Part last = parts.isEmpty() ? null : parts.get(parts.size() - 1);
            long gap = last == null ? 0 : region.range().start() - last.range().end();
            boolean near = last != null
                    && (gap <= 0 || gap <= Math.max(NEAR, last.range().length()))
                    && (last.cluster() == Cluster.of(region.hue()) || gap <= 1L << 24)
                    && (last.cluster() != Cluster.PROGRAM || Cluster.of(region.hue()) == Cluster.PROGRAM);
            if (last != null && near) {
                long end =
                        Long.compareUnsigned(last.range().end(), region.range().end()) >= 0
                                ? last.range().end()
                                : region.range().end();
                parts.set(
                        parts.size() - 1, new Part(new AddressRange(last.range().start(), end), last.cluster()));
            } else {
                parts.add(new Part(region.range(), Cluster.of(region.hue())));
            }
        }
        return parts;
    }

    private static void strip(Element svg, Part part, double y, MapPicture map) {
        svg.appendChild(Svg.text("name", 0, y + 14, part.cluster().title()));
        svg.appendChild(Svg.text("span", 0, y + 28, Sizes.compact(part.range().length())));
        double scale = (WIDTH - LABEL - 2) / part.range().length();
        svg.appendChild(Svg.rect("track", LABEL, y + 3, WIDTH - LABEL - 2, 2 * LANE + 1));
        lane(svg, map.before(), part.range(), y + 3, scale);
        lane(svg, map.after(), part.range(), y + 4 + LANE, scale);
        long unit = Long.highestOneBit(Math.max(1, part.range().length() / 4));
        double end = LABEL + unit * scale;
        svg.appendChild(Svg.path(
                "ruler", "M" + Svg.number(LABEL) + " " + Svg.number(y + 34) + " v5 H" + Svg.number(end) + " v-5"));
        svg.appendChild(Svg.text("span", end + 6, y + 42, Sizes.compact(unit)));
    }

    private static void lane(Element svg, List<MapRegion> regions, AddressRange part, double y, double scale) {
        for (MapRegion region : regions) {
            if (part.contains(region.range())) {
                double x = LABEL + (region.range().start() - part.start()) * scale;
                double width = region.range().length() * scale;
                Element group = Html.el(
                                "g",
                                "block " + region.hue().className(),
                                Svg.rect("tint", x, y, Math.max(1, width), LANE - 1))
                        .attr("data-range", region.range().toString());
                Long resident = region.resident();
                if (resident != null && resident > 0 && region.rows() == 1) {
                    group.appendChild(
                            Svg.rect("resident", x, y + LANE - 4, Math.max(1, width * resident / region.bytes()), 3));
                }
                svg.appendChild(group);
            }
        }
    }
}
