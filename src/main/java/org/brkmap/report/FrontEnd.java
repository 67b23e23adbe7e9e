package org.brkmap.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/** The style and the script of every page: the files of this package's resources, one after another. */
final class FrontEnd {
    static final List<String> STYLES = List.of(
            "page.css", "picture.css", "strips.css", "table.css", "lab.css", "replay.css", "narrow.css", "print.css");
    static final List<String> SCRIPTS =
            List.of("page.js", "select.js", "sides.js", "search.js", "replay.js", "mappings.js");
    private static final String STYLE = flush(joined(STYLES));
    private static final String CHARTS =
            flush(joined(List.of("page.css", "table.css", "charts.css", "narrow.css", "print.css")));
    private static final String SCRIPT = flush(joined(SCRIPTS));

    private FrontEnd() {}

    static String style() {
        return STYLE;
    }

    /** The style of pages of measured numbers. */
    static String chartStyle() {
        return CHARTS;
    }

    static String script() {
        return SCRIPT;
    }

    /** What a Content-Security-Policy calls a text by. */
    static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String joined(List<String> names) {
        StringBuilder text = new StringBuilder();
        names.forEach(name -> text.append(resource(name)));
        return text.toString();
    }

    /** Without indentation and lines of comment, which would be a third of it. */
    private static String flush(String text) {
        return text.replaceAll("(?m)^\\s+", "").replaceAll("(?m)^(//.*|/\\*.*\\*/)\n", "");
    }

    private static String resource(String name) {
        try (InputStream in = FrontEnd.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(
                        "the class path lacks org/brkmap/report/" + name + "; build brkmap again");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read org/brkmap/report/" + name, e);
        }
    }
}
