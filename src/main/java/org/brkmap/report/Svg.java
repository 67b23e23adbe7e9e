package org.brkmap.report;

import org.jsoup.nodes.Element;

/** Builds inline SVG. Colours come from classes; numbers are written with one decimal in every locale. */
final class Svg {
    private Svg() {}

    /** A picture with a title and a description that say what it shows. Its id must be unique in the page. */
    static Element picture(String id, String className, double width, double height, String title, String description) {
        return Html.el(
                        "svg",
                        className,
                        Html.el("title", null, title).attr("id", id + "-t"),
                        Html.el("desc", null, description).attr("id", id + "-d"))
                .attr("xmlns", "http://www.w3.org/2000/svg")
                .attr("role", "img")
                .attr("aria-labelledby", id + "-t " + id + "-d")
                .attr("viewBox", "0 0 " + number(width) + " " + number(height));
    }

    static Element rect(String className, double x, double y, double width, double height) {
        return new Element("rect")
                .attr("class", className)
                .attr("x", number(x))
                .attr("y", number(y))
                .attr("width", number(Math.max(0, width)))
                .attr("height", number(Math.max(0, height)));
    }

    static Element line(String className, double x1, double y1, double x2, double y2) {
        return new Element("line")
                .attr("class", className)
                .attr("x1", number(x1))
                .attr("y1", number(y1))
                .attr("x2", number(x2))
                .attr("y2", number(y2));
    }

    static Element path(String className, String d) {
        return new Element("path").attr("class", className).attr("d", d);
    }

    static Element text(String className, double x, double y, String text) {
        return Html.el("text", className, text).attr("x", number(x)).attr("y", number(y));
    }

    /** Says what a shape is. */
    static Element named(Element shape, String name) {
        return Html.el("g", null, Html.el("title", null, name), shape);
    }

    static String number(double value) {
        long tenths = Math.round(value * 10);
        long rest = Math.abs(tenths % 10);
        String sign = tenths < 0 ? "-" : "";
        return sign + Math.abs(tenths / 10) + (rest == 0 ? "" : "." + rest);
    }
}
