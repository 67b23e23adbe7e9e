package org.brkmap.report;

import java.util.Locale;
import java.util.stream.Stream;
import org.brkmap.model.Totals;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** Three pairs of bars on one scale: how much is mapped, how much of it is in memory, how much of that is the program's own. */
final class Bars {
    private static final double WIDTH = 300;

    private Bars() {}

    static Element of(Step step, String left, String right) {
        Totals before = step.before().totals();
        Totals after = step.after().totals();
        long scale = Stream.of(
                        before.virtual(),
                        after.virtual(),
                        before.resident(),
                        after.resident(),
                        before.privateDirty(),
                        after.privateDirty())
                .mapToLong(value -> value == null ? 0 : value)
                .max()
                .orElse(1);
        Element body = Html.el(
                "tbody",
                null,
                row("Virtual", "mapped address space", before.virtual(), after.virtual(), scale, left, right),
                row("Resident", "of it, in memory", before.resident(), after.resident(), scale, left, right),
                row(
                        "Private dirty",
                        "of that, written by this process alone",
                        before.privateDirty(),
                        after.privateDirty(),
                        scale,
                        left,
                        right));
        return Html.el(
                "table",
                "bars",
                Html.el("caption", null, "How much, " + left + " and " + right + "; all bars on one scale"),
                Html.el(
                        "thead",
                        null,
                        Html.el(
                                "tr",
                                null,
                                Html.head("col", null, "Memory"),
                                Html.head(
                                        "col",
                                        "bar",
                                        Html.el("span", "swatch bar-before"),
                                        left + " ",
                                        Html.el("span", "swatch bar-after"),
                                        right),
                                Html.head("col", "num", capital(left)),
                                Html.head("col", "num", capital(right)),
                                Html.head("col", "num", "Change"))),
                body);
    }

    private static Element row(
            String name,
            String meaning,
            @Nullable Long before,
            @Nullable Long after,
            long scale,
            String left,
            String right) {
        Element svg = new Element("svg")
                .attr("xmlns", "http://www.w3.org/2000/svg")
                .attr("viewBox", "0 0 " + Svg.number(WIDTH) + " 26")
                .attr("preserveAspectRatio", "none")
                .attr("aria-hidden", "true");
        bar(svg, "bar-before", before, scale, 2);
        bar(svg, "bar-after", after, scale, 14);
        return Html.el(
                "tr",
                null,
                Html.head("row", null, name + " ", Html.el("small", null, meaning)),
                Html.el("td", "bar", svg),
                Html.cell(capital(left), "num before", Html.size(before)),
                Html.cell(capital(right), "num after", Html.size(after)),
                Html.cell("Change", "num", Html.delta(Sizes.difference(before, after))));
    }

    private static void bar(Element svg, String className, @Nullable Long bytes, long scale, double y) {
        svg.appendChild(Svg.rect("bar-track", 0, y, WIDTH, 10));
        if (bytes != null && bytes > 0 && scale > 0) {
            svg.appendChild(Svg.rect(className, 0, y, Math.max(1, WIDTH * bytes / scale), 10));
        }
    }

    private static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }
}
