package org.brkmap.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jsoup.nodes.Element;

/** Draws {@link Chart.Lines}: each line carries its name at its right end, so that no legend is needed. */
final class LineChart {
    private static final double WIDTH = 800;
    private static final double HEIGHT = 420;
    private static final double LEFT = 74;
    private static final double RIGHT = 214;
    private static final double TOP = 12;
    private static final double BOTTOM = 34;
    private static final double LABEL = 15;

    private final Chart.Lines chart;
    private final double lowX;
    private final double highX;
    private final double lowY;
    private final double highY;

    private LineChart(Chart.Lines chart) {
        this.chart = chart;
        List<Chart.Point> all =
                chart.series().stream().flatMap(line -> line.points().stream()).toList();
        lowX = all.stream().mapToDouble(Chart.Point::x).min().orElse(1);
        highX = Math.max(
                lowX * 2, all.stream().mapToDouble(Chart.Point::x).max().orElse(2));
        lowY = power(all.stream().mapToDouble(Chart.Point::y).min().orElse(1), false);
        highY = power(all.stream().mapToDouble(Chart.Point::y).max().orElse(2), true);
    }

    static Element draw(String id, Chart.Lines chart) {
        return new LineChart(chart).picture(id);
    }

    private Element picture(String id) {
        Element svg = Svg.picture(id, "plot", WIDTH, HEIGHT, chart.title(), chart.caption());
        grid(svg);
        List<Label> labels = new ArrayList<>();
        for (Chart.Series series : chart.series()) {
            if (series.points().isEmpty()) {
                continue;
            }
            svg.appendChild(line(series));
            for (Chart.Point point : series.points()) {
                svg.appendChild(Svg.named(
                        mark(series.hue(), x(point.x()), y(point.y())),
                        series.name() + ", " + Sizes.compact((long) point.x()) + ": " + Sizes.compact((long) point.y())
                                + chart.per()));
            }
            Chart.Point last = series.points().get(series.points().size() - 1);
            labels.add(new Label(series.name(), series.hue(), y(last.y()), x(last.x())));
        }
        label(svg, labels);
        return svg;
    }

    private record Label(String name, int hue, double wanted, double from) {}

    /** Names stand where their lines end, moved apart where they would cover each other. */
    private static void label(Element svg, List<Label> labels) {
        labels.sort(Comparator.comparingDouble(Label::wanted));
        double[] at = new double[labels.size()];
        double free = TOP + 8;
        for (int i = 0; i < at.length; i++) {
            at[i] = Math.max(free, labels.get(i).wanted());
            free = at[i] + LABEL;
        }
        double bottom = HEIGHT - BOTTOM;
        for (int i = at.length - 1; i >= 0; i--) {
            at[i] = Math.min(at[i], bottom);
            bottom = at[i] - LABEL;
        }
        double column = WIDTH - RIGHT + 14;
        for (int i = 0; i < at.length; i++) {
            Label label = labels.get(i);
            svg.appendChild(Svg.line("leader", label.from() + 4, label.wanted(), column - 3, at[i]));
            svg.appendChild(Svg.text("name c" + label.hue(), column, at[i] + 4, Visible.line(label.name(), 34)));
        }
    }

    private void grid(Element svg) {
        for (double value = lowY; value <= highY * 1.01; value *= 4) {
            svg.appendChild(Svg.line("grid", LEFT, y(value), WIDTH - RIGHT, y(value)));
            svg.appendChild(Svg.text("tick end", LEFT - 6, y(value) + 4, Sizes.compact((long) value) + chart.per()));
        }
        double step = highX / lowX > 4096 ? 16 : highX / lowX > 64 ? 4 : 2;
        for (double value = power(lowX, false); value <= highX * 1.01; value *= step) {
            if (value >= lowX * 0.99) {
                svg.appendChild(Svg.line("grid", x(value), TOP, x(value), HEIGHT - BOTTOM));
                svg.appendChild(Svg.text("tick middle", x(value), HEIGHT - BOTTOM + 18, Sizes.compact((long) value)));
            }
        }
    }

    private Element line(Chart.Series series) {
        StringBuilder path = new StringBuilder();
        for (Chart.Point point : series.points()) {
            path.append(path.length() == 0 ? "M" : "L")
                    .append(Svg.number(x(point.x())))
                    .append(' ')
                    .append(Svg.number(y(point.y())));
        }
        return Svg.path("line c" + series.hue(), path.toString());
    }

    /** The shape repeats what the colour says. */
    private static Element mark(int hue, double x, double y) {
        String path = switch (hue % 4) {
            case 0 -> move(x - 3, y - 3) + "h6v6h-6z";
            case 1 -> move(x, y - 4) + "l4 7h-8z";
            case 2 -> move(x, y - 4) + "l4 4l-4 4l-4 -4z";
            default -> move(x - 3, y) + "a3 3 0 1 0 6 0a3 3 0 1 0 -6 0z";
        };
        return Svg.path("mark c" + hue, path);
    }

    private static String move(double x, double y) {
        return "M" + Svg.number(x) + " " + Svg.number(y);
    }

    private double x(double value) {
        return LEFT + (WIDTH - RIGHT - LEFT) * Math.log(value / lowX) / Math.log(highX / lowX);
    }

    private double y(double value) {
        return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * Math.log(value / lowY) / Math.log(highY / lowY);
    }

    /** The power of four at or beside a value. */
    private static double power(double value, boolean up) {
        double exponent = Math.log(Math.max(1, value)) / Math.log(4);
        return Math.pow(4, up ? Math.max(Math.ceil(exponent), 1) : Math.floor(exponent));
    }
}
