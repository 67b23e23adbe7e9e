package org.brkmap.lab;

import java.io.Console;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Map;
import org.brkmap.evidence.CheckStatus;
import org.jspecify.annotations.Nullable;

/**
 * What the standard output can show. Colour only on a terminal, unless NO_COLOR or FORCE_COLOR is set; ASCII where its
 * charset has no more.
 */
record Terminal(boolean unicode, boolean colour) {
    private static final String GLYPHS = "✔✘–…";

    static Terminal ofThisProcess() {
        return of(System.getenv(), charset(System.getProperty("native.encoding")), isTerminal(System.console()));
    }

    static Terminal of(Map<String, String> environment, Charset charset, boolean terminal) {
        boolean forced = !environment.getOrDefault("FORCE_COLOR", "").isEmpty();
        boolean refused = !environment.getOrDefault("NO_COLOR", "").isEmpty()
                || environment.getOrDefault("TERM", "").equals("dumb");
        return new Terminal(charset.newEncoder().canEncode(GLYPHS), forced || (terminal && !refused));
    }

    /** The mark of a status. */
    String mark(CheckStatus status) {
        return switch (status) {
            case PASSED -> paint("32", unicode ? "✔" : "+");
            case FAILED -> paint("1;31", unicode ? "✘" : "x");
            case SKIPPED, NOT_CHECKED -> paint("33", unicode ? "–" : "-");
        };
    }

    String strong(String text) {
        return paint("1", text);
    }

    String faint(String text) {
        return paint("2", text);
    }

    /** The text with what this output cannot show, and what could steer a terminal, made harmless. */
    String plain(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
                out.append(String.format(Locale.ROOT, "\\x%02x", c));
            } else if (c < 0x80 || unicode) {
                out.appendCodePoint(c);
            } else {
                out.append('?');
            }
        });
        return out.toString();
    }

    private String paint(String code, String text) {
        return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }

    private static Charset charset(@Nullable String name) {
        return name != null && Charset.isSupported(name) ? Charset.forName(name) : Charset.defaultCharset();
    }

    /** Since Java 22 there is a console even where there is no terminal, and it can be asked. */
    private static boolean isTerminal(@Nullable Console console) {
        if (console == null) {
            return false;
        }
        try {
            return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
        } catch (NoSuchMethodException olderJava) {
            return true;
        } catch (ReflectiveOperationException unknown) {
            return false;
        }
    }
}
