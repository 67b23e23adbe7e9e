package org.brkmap.report;

import java.util.List;

/**
 * A picture of measured numbers, for {@link ChartPage}. Every chart says what it shows in a title and a caption, and is followed
 * by its numbers as a table. Immutable.
 */
public sealed interface Chart {
    /** What is to be seen, in a sentence. */
    String title();

    /** How to read it. */
    String caption();

    /**
     * Lines over two logarithmic axes of bytes.
     *
     * @param per what stands behind the bytes of the upright axis: {@code /s}, or nothing
     */
    record Lines(String title, String caption, String per, List<Series> series) implements Chart {
        public Lines {
            series = List.copyOf(series);
        }
    }

    /**
     * One line.
     *
     * @param hue from 0 to 7: the colour, and the dashes and the mark beside it
     */
    record Series(String name, int hue, List<Point> points) {
        public Series {
            points = List.copyOf(points);
        }
    }

    /** A point of a line; both above zero. */
    record Point(double x, double y) {}

    /**
     * Every run as a dot, their median as a stroke, its interval as a bar; a row each, on one linear axis from zero that ends
     * a little behind the widest interval. Slower runs stand at its end as arrows.
     *
     * @param unit of the values, such as {@code ms}
     */
    record Spread(String title, String caption, String unit, List<SpreadRow> rows) implements Chart {
        public Spread {
            rows = List.copyOf(rows);
        }
    }

    /** One row of a {@link Spread}. */
    record SpreadRow(String name, int hue, List<Double> values, double median, double low, double high) {
        public SpreadRow {
            values = List.copyOf(values);
        }
    }

    /**
     * Parts of a whole, a bar each, on one linear axis from zero.
     *
     * @param unit of the values
     * @param parts their names, in the order of every row's values
     */
    record Parts(String title, String caption, String unit, List<String> parts, List<PartsRow> rows) implements Chart {
        public Parts {
            parts = List.copyOf(parts);
            rows = List.copyOf(rows);
        }
    }

    /** One bar of {@link Parts}. */
    record PartsRow(String name, List<Double> values) {
        public PartsRow {
            values = List.copyOf(values);
        }
    }
}
