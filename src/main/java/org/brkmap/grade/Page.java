package org.brkmap.grade;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Collection;
import org.brkmap.report.Visible;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;
import org.jspecify.annotations.Nullable;

/**
 * A page for instructors or students: built from nodes, so text is escaped by construction; with a policy that lets it load and run
 * nothing but its own style and script.
 */
final class Page {
    private static final int LONGEST = 700;
    private static final String STYLE = resource("grade.css");
    private static final String SCRIPT = resource("grade.js");
    private static final String POLICY = "default-src 'none'; style-src 'sha256-" + hash(STYLE)
            + "'; script-src 'sha256-" + hash(SCRIPT) + "'; base-uri 'none'; form-action 'none'";

    private Page() {}

    static String of(String title, Element main) {
        Document page = Document.createShell("");
        page.outputSettings().prettyPrint(false).charset(StandardCharsets.UTF_8);
        page.expectFirst("html").attr("lang", "en");
        Element head = page.head();
        head.appendChild(new Element("meta").attr("charset", "utf-8"));
        head.appendChild(new Element("meta")
                .attr("http-equiv", "Content-Security-Policy")
                .attr("content", POLICY));
        head.appendChild(
                new Element("meta").attr("name", "viewport").attr("content", "width=device-width, initial-scale=1"));
        head.appendChild(new Element("title").appendChild(text(title)));
        head.appendChild(new Element("style").appendChild(new DataNode(STYLE)));
        page.body().appendChild(main);
        page.body().appendChild(new Element("script").appendChild(new DataNode(SCRIPT)));
        return "<!doctype html>\n" + page.expectFirst("html").outerHtml() + "\n";
    }

    /** An element of a class (null: none); strings become text, which may come from a submission. */
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
            parent.appendChild(text(child.toString()));
        }
    }

    private static TextNode text(String text) {
        return new TextNode(Visible.line(text, LONGEST));
    }

    /** A table that can be sorted, and scrolls by itself where it is wider than the page. */
    static Element table(String name, Element header, Collection<Element> rows) {
        Element body = new Element("tbody");
        rows.forEach(body::appendChild);
        Element table = el("table", "sortable", el("thead", null, header), body);
        return el("div", "scroll", table)
                .attr("tabindex", "0")
                .attr("role", "region")
                .attr("aria-label", Visible.line(name, LONGEST));
    }

    static Element head(@Nullable String className, Object... children) {
        return el("th", className, children).attr("scope", "col");
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String resource(String name) {
        try (InputStream in = Page.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(
                        "the class path lacks org/brkmap/grade/" + name + "; build brkmap again");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read org/brkmap/grade/" + name, e);
        }
    }
}
