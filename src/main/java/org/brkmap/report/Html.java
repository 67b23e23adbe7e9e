package org.brkmap.report;

import java.util.Collection;
import org.brkmap.model.AddressRange;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;
import org.jspecify.annotations.Nullable;

/**
 * Builds nodes. Every string becomes a text node after {@link Visible}, so that no text from a program can be markup, hide or
 * reorder what stands around it, or flood the page.
 */
final class Html {
    private static final int LONGEST_TEXT = 400;
    private static final int LONGEST_BLOCK = 20_000;

    private Html() {}

    /** An element of a class (null: none) with children: strings become text; elements, and collections of them, are appended. */
    static Element el(String tag, @Nullable String className, Object... children) {
        Element element = new Element(tag);
        if (className != null) {
            element.attr("class", className);
        }
        for (Object child : children) {
            add(element, child);
        }
        return element;
    }

    static void add(Element parent, Object child) {
        if (child instanceof Element element) {
            parent.appendChild(element);
        } else if (child instanceof Collection<?> many) {
            many.forEach(one -> add(parent, one));
        } else {
            parent.appendChild(new TextNode(Visible.line(child.toString(), LONGEST_TEXT)));
        }
    }

    static Element link(String href, Object... children) {
        return el("a", null, children).attr("href", href);
    }

    /** Text over several lines, as it was printed. */
    static Element pre(String text) {
        return new Element("pre").attr("tabindex", "0").appendChild(blockText(text, LONGEST_BLOCK));
    }

    static TextNode blockText(String text, int most) {
        return new TextNode(Visible.block(text, most));
    }

    /** Sets an attribute to text that may come from a program. */
    static Element attr(Element element, String name, String value) {
        return element.attr(name, Visible.line(value, LONGEST_TEXT));
    }

    /** A sentence in which no line ends between a number and its unit. */
    static String headline(String sentence) {
        return sentence.replaceAll("(\\d) (B|[KMGTPE]iB)\\b", "$1\u00a0$2");
    }

    /** A size in compact form; to the byte in its title where the compact form is not exact. */
    static Element size(@Nullable Long bytes) {
        return exactly(el("span", "size", Sizes.compact(bytes)), bytes);
    }

    private static Element exactly(Element element, @Nullable Long bytes) {
        return element.text().contains(".") ? attr(element, "title", Sizes.exact(bytes)) : element;
    }

    /** A signed difference, as {@link #size}. */
    static Element delta(@Nullable Long bytes) {
        return exactly(el("span", "size delta", Sizes.delta(bytes)), bytes);
    }

    static Element code(String text) {
        return el("code", null, text);
    }

    static Element address(AddressRange range) {
        return el("code", "address", range.toString());
    }

    /** A head cell with its scope. */
    static Element head(String scope, @Nullable String className, Object... children) {
        return el("th", className, children).attr("scope", scope);
    }

    /** A cell that names its column where the table is folded into cards on a narrow screen. */
    static Element cell(String column, @Nullable String className, Object... children) {
        return el("td", className, children).attr("data-label", column);
    }

    /** What may be wider than the page scrolls by itself, by keyboard too. */
    static Element scroll(Object... children) {
        return el("div", "scroll", children).attr("tabindex", "0");
    }

    static Element details(String summary, Object... children) {
        Element details = el("details", null, el("summary", null, summary));
        for (Object child : children) {
            add(details, child);
        }
        return details;
    }

    static String plural(long count, String one, String many) {
        return Sizes.grouped(count) + " " + (count == 1 ? one : many);
    }
}
