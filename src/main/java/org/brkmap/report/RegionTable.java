package org.brkmap.report;

import java.util.ArrayList;
import java.util.List;
import org.brkmap.model.AddressRange;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** The blocks of a picture in words: the same things, for reading and for copying. */
final class RegionTable {
    private RegionTable() {}

    static Element of(MapPicture map, String before, String after) {
        List<AddressRange> ranges = new ArrayList<>();
        for (MapRegion region : map.after()) {
            ranges.add(region.range());
        }
        for (MapRegion region : map.before()) {
            if (map.after().stream().noneMatch(other -> other.range().overlaps(region.range()))) {
                ranges.add(region.range());
            }
        }
        ranges.sort((one, other) -> other.compareTo(one));
        Element body = new Element("tbody");
        for (AddressRange range : ranges) {
            body.appendChild(row(at(map.before(), range), at(map.after(), range)));
        }
        return Html.scroll(Html.el(
                "table",
                "regions",
                Html.el("caption", null, "The blocks of the picture, high addresses first"),
                Html.el(
                        "thead",
                        null,
                        Html.el(
                                "tr",
                                null,
                                Html.head("col", null, "Region"),
                                Html.head("col", null, "Addresses"),
                                Html.head("col", null, "May"),
                                Html.head("col", "num", before),
                                Html.head("col", "num", after),
                                Html.head("col", "num", "Resident"))),
                body));
    }

    private static @Nullable MapRegion at(List<MapRegion> regions, AddressRange range) {
        return regions.stream()
                .filter(region -> region.range().overlaps(range))
                .findFirst()
                .orElse(null);
    }

    private static Element row(@Nullable MapRegion was, @Nullable MapRegion is) {
        MapRegion shown = is != null ? is : was;
        if (shown == null) {
            throw new IllegalStateException("a row of neither column");
        }
        return Html.el(
                        "tr",
                        null,
                        Html.head(
                                "row",
                                null,
                                Html.el("span", "swatch " + shown.hue().className()),
                                shown.label() + (shown.rows() > 1 ? " ×" + Sizes.grouped(shown.rows()) : "")),
                        Html.el("td", null, Html.address(shown.range())),
                        Html.el("td", null, Html.code(shown.permissions())),
                        Html.el("td", "num", size(was)),
                        Html.el("td", "num", size(is)),
                        Html.el("td", "num", is == null ? "–" : Html.size(is.resident())))
                .attr("data-range", shown.range().toString());
    }

    private static Object size(@Nullable MapRegion region) {
        return region == null ? "–" : Html.size(region.bytes());
    }
}
