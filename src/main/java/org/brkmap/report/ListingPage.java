package org.brkmap.report;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.brkmap.model.AddressRange;
import org.brkmap.model.Mapping;
import org.brkmap.model.Totals;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** One address space as a page of its own: a picture with one column, and a table. Thread-safe. */
public final class ListingPage {
    private static final double COLUMN = 320;
    private static final double LEFT = 2;
    private static final int MOST_ROWS = 2000;

    private ListingPage() {}

    /**
     * The page.
     *
     * @param title what was listed
     * @param remarks sentences that a reader must know
     * @param mappings with roles, in order of address
     * @param missingBefore indices of mappings before which something was cut out
     * @param pageSize in bytes
     */
    public static String render(
            String title, List<String> remarks, List<Mapping> mappings, Set<Integer> missingBefore, int pageSize) {
        Document page = Document.createShell("");
        page.outputSettings().prettyPrint(false).charset(StandardCharsets.UTF_8);
        page.expectFirst("html").attr("lang", "en");
        HtmlReport.head(page, title);
        Totals totals = Totals.of(mappings);
        Element main = Html.el(
                "main",
                null,
                Html.el(
                        "header",
                        null,
                        Html.el("p", "kicker", "brkmap · " + title),
                        Html.el(
                                "h1",
                                null,
                                Html.plural(mappings.size(), "mapping", "mappings") + ", "
                                        + Sizes.compact(totals.virtual()) + " of address space"),
                        Html.el("p", "lead", String.join(" ", remarks))));
        main.appendChild(Html.el(
                "section",
                null,
                Html.el("h2", null, "Where"),
                figure(mappings, missing(mappings, missingBefore), pageSize)));
        main.appendChild(Html.el(
                "section", null, Html.el("h2", null, "Every mapping"), table(mappings, missingBefore, pageSize)));
        page.body().appendChild(main);
        return "<!doctype html>\n" + page.expectFirst("html").outerHtml() + "\n";
    }

    /** The gaps in which something is missing. */
    private static List<AddressRange> missing(List<Mapping> mappings, Set<Integer> missingBefore) {
        List<AddressRange> missing = new ArrayList<>();
        for (int i = 1; i < mappings.size(); i++) {
            if (missingBefore.contains(i)) {
                long from = mappings.get(i - 1).range().end();
                long to = mappings.get(i).range().start();
                missing.add(new AddressRange(from, to));
            }
        }
        return missing;
    }

    private static Element figure(List<Mapping> mappings, List<AddressRange> missing, int pageSize) {
        List<MapRegion> regions = new Blocks(List.of(mappings), List.of()).of(mappings);
        MapAxis axis = new MapAxis(List.of(regions), pageSize);
        MapColumn draw = new MapColumn("listing", axis, 0);
        Element svg = Svg.picture(
                "listing",
                "map",
                COLUMN + 2 * LEFT,
                axis.height() + 2,
                "The address space",
                Html.plural(mappings.size(), "mapping", "mappings") + ", high addresses on top.");
        for (MapAxis.Band band : axis.bands()) {
            if (band.gap()) {
                boolean unknown = missing.stream().anyMatch(range -> range.overlaps(band.range()));
                svg.appendChild(Svg.text(
                        "gap-size",
                        LEFT + COLUMN / 2,
                        (band.top() + band.bottom()) / 2 + 4,
                        "≈ " + Sizes.compact(band.range().length()) + (unknown ? " unknown" : " not used")));
            }
        }
        svg.appendChild(draw.definitions());
        for (MapRegion region : regions) {
            svg.appendChild(draw.block(region, LEFT, COLUMN, null, region.range()));
        }
        int drawn = regions.stream().mapToInt(MapRegion::rows).sum();
        return Html.el(
                "figure",
                "map",
                Html.scroll(svg),
                Html.el(
                        "figcaption",
                        null,
                        "High addresses are on top. Heights are logarithmic. Neighbours of one kind may be drawn as one block;"
                                + " the table has each."
                                + (drawn < mappings.size()
                                        ? " Drawn: " + Sizes.grouped(drawn) + " of " + Sizes.grouped(mappings.size())
                                                + " mappings."
                                        : "")));
    }

    private static Element table(List<Mapping> mappings, Set<Integer> missingBefore, int pageSize) {
        Element body = new Element("tbody");
        for (int i = 0; i < Math.min(MOST_ROWS, mappings.size()); i++) {
            Mapping mapping = mappings.get(i);
            if (i > 0 && missingBefore.contains(i)) {
                body.appendChild(Html.el(
                        "tr",
                        "quiet",
                        Html.el("td", null, "unknown: the listing is cut here").attr("colspan", "6")));
            }
            body.appendChild(Html.el(
                    "tr",
                    null,
                    Html.head("row", null, Html.code(mapping.range().toString())),
                    Html.cell("KiB", "num", Sizes.grouped(mapping.size() / 1024)),
                    Html.cell("Pages", "num", Sizes.grouped(Long.divideUnsigned(mapping.size(), pageSize))),
                    Html.cell(
                            "Permissions", null, Html.code(mapping.permissions().toString())),
                    Html.cell("Role", null, mapping.role().title()),
                    Html.cell("Name", null, mapping.backing().name())));
        }
        String cut = mappings.size() > MOST_ROWS
                ? "The first " + Sizes.grouped(MOST_ROWS) + " of " + Sizes.grouped(mappings.size()) + " mappings"
                : "In order of address";
        return Html.scroll(Html.el(
                "table",
                null,
                Html.el("caption", null, cut),
                Html.el(
                        "thead",
                        null,
                        Html.el(
                                "tr",
                                null,
                                Html.head("col", null, "Addresses"),
                                Html.head("col", "num", "KiB"),
                                Html.head("col", "num", "Pages"),
                                Html.head("col", null, "Permissions"),
                                Html.head("col", null, "Role"),
                                Html.head("col", null, "Name"))),
                body));
    }
}
