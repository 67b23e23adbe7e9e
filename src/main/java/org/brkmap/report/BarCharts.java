package org.brkmap.report;

import java.util.List;
import java.util.Locale;
import org.jsoup.nodes.Element;

/** Draws rows on one linear axis from zero: {@link Chart.Spread} and {@link Chart.Parts}. */
final class BarCharts {
    private static final double WIDTH = 800;
    private static final double LEFT = 224;
    private static final double RIGHT = 84;
    private static final double ROW = 22;
    private static final double TOP = 26;
    private static final double BOTTOM = 8;
    private static final int TICKS = 5;

    private BarCharts() {}

    static Element draw(String id, Chart.Spread chart) {
        double most = 1.1
                * chart.rows().stream().mapToDouble(Chart.SpreadRow::high).max().orElse(1);
        Element svg = frame(id, chart, chart.rows().size(), most, chart.unit(), TOP);
        double top = TOP;
        for (Chart.SpreadRow row : chart.rows()) {
            double middle = top + ROW / 2;
            svg.appendChild(name(row.name(), middle));
            svg.appendChild(Svg.rect(
                    "interval c" + row.hue(),
                    x(row.low(), most),
                    middle - 6,
                    Math.max(1, x(row.high(), most) - x(row.low(), most)),
                    12));
            for (double value : row.values()) {
                svg.appendChild(value <= most ? dot(row.hue(), x(value, most), middle) : beyond(row.hue(), middle));
            }
            svg.appendChild(Svg.line("median", x(row.median(), most), middle - 8, x(row.median(), most), middle + 8));
            svg.appendChild(Svg.text("tick", WIDTH - RIGHT + 8, middle + 4, number(row.median()) + " " + chart.unit()));
            top += ROW;
        }
        return svg;
    }

    static Element draw(String id, Chart.Parts chart) {
        double most = chart.rows().stream()
                .mapToDouble(row -> sum(row.values()))
                .max()
                .orElse(1);
        Element svg = frame(id, chart, chart.rows().size(), most, chart.unit(), TOP + ROW);
        legend(svg, chart.parts());
        double top = TOP + ROW;
        for (Chart.PartsRow row : chart.rows()) {
            svg.appendChild(name(row.name(), top + ROW / 2));
            double from = 0;
            for (int i = 0; i < row.values().size(); i++) {
                double value = row.values().get(i);
                svg.appendChild(Svg.named(
                        Svg.rect("part p" + i, x(from, most), top + 4, x(from + value, most) - x(from, most), ROW - 8),
                        row.name() + ", " + chart.parts().get(i) + ": " + number(value) + " " + chart.unit()));
                from += value;
            }
            svg.appendChild(Svg.text("tick", WIDTH - RIGHT + 8, top + ROW / 2 + 4, number(from) + " " + chart.unit()));
            top += ROW;
        }
        return svg;
    }

    private static void legend(Element svg, List<String> parts) {
        double at = LEFT;
        for (int i = 0; i < parts.size(); i++) {
            svg.appendChild(Svg.rect("part p" + i, at, 4, 12, 12));
            svg.appendChild(Svg.text("tick", at + 17, 14, parts.get(i)));
            at += 32 + 6.6 * parts.get(i).length();
        }
    }

    private static Element frame(String id, Chart chart, int rows, double most, String unit, double top) {
        double height = top + rows * ROW + BOTTOM;
        Element svg = Svg.picture(id, "plot", WIDTH, height, chart.title(), chart.caption());
        double step = step(most);
        for (double value = 0; value <= most; value += step) {
            svg.appendChild(Svg.line("grid", x(value, most), top, x(value, most), height - BOTTOM));
            svg.appendChild(Svg.text("tick middle", x(value, most), top - 6, number(value) + " " + unit));
        }
        return svg;
    }

    /** 1, 2 or 5 times a power of ten, so that there are about five strokes. */
    private static double step(double most) {
        double rough = Math.max(most, 1e-9) / TICKS;
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double lead = rough / power;
        return power * (lead > 5 ? 10 : lead > 2 ? 5 : lead > 1 ? 2 : 1);
    }

    private static Element name(String name, double middle) {
        return Svg.text("name end", LEFT - 8, middle + 4, Visible.line(name, 30));
    }

    private static Element dot(int hue, double x, double y) {
        return new Element("circle")
                .attr("class", "dot c" + hue)
                .attr("cx", Svg.number(x))
                .attr("cy", Svg.number(y))
                .attr("r", "2.5");
    }

    /** A run so slow that an axis with room for it would press all others together. */
    private static Element beyond(int hue, double y) {
        return Svg.path("mark c" + hue, "M" + Svg.number(WIDTH - RIGHT - 4) + " " + Svg.number(y - 4) + "l7 4l-7 4z");
    }

    private static double x(double value, double most) {
        return LEFT + (WIDTH - RIGHT - LEFT) * value / Math.max(most, 1e-9);
    }

    private static double sum(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).sum();
    }

    private static String number(double value) {
        String format = value == 0 || value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : value >= 1 ? "%.2f" : "%.3f";
        return String.format(Locale.ROOT, format, value);
    }
}
