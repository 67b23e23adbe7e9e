package org.brkmap.toolchain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.brkmap.toolchain.Diagnostic.Severity;
import org.jspecify.annotations.Nullable;

/**
 * Reads the plain text that gcc, clang and the linker print under {@code LC_ALL=C}. Lines it does not know are left out: the
 * whole text is kept beside it.
 */
final class DiagnosticParser {
    /** A file name may hold blanks and colons; it ends before the first colon and number that a severity follows. */
    private static final Pattern COMPILER = Pattern.compile(
            "(?<file>[^\\s:].*?):(?<line>\\d{1,9}):(?:(?<column>\\d{1,9}):)? (?<severity>fatal error|[Ee]rror|[Ww]arning|note): (?<message>.*)");

    private static final Pattern DRIVER = Pattern.compile(
            "(?<program>[^ :]*(?:gcc|clang|cc|cc1|ld|collect2)[^ :]*): (?<severity>fatal error|error|warning): (?<message>.*)");

    /** With debug information the linker names the line; else section and offset, which help nobody. */
    private static final Pattern LINKER =
            Pattern.compile("(?!make(?:\\[\\d+\\])?: )(?:\\S*ld(?:\\.\\w+)?: )?(?:\\S+\\.o:(?!\\())?"
                    + "(?<file>[^\\s:].*?):(?:(?<line>\\d{1,9})|\\(\\.[^)]*\\)): (?<message>.*)");

    private static final Pattern LINKER_ALONE = Pattern.compile("(?:\\S*/)?ld(?:\\.\\w+)?: (?<message>.*)");

    private static final Pattern CLOSING =
            Pattern.compile("ld returned \\d+ exit status|linker command failed with exit code \\d+");

    private static final Pattern SHOWN_SOURCE = Pattern.compile(" *\\d+ \\| ?(?<source>.*)");

    private DiagnosticParser() {}

    static List<Diagnostic> parse(String words) {
        List<Diagnostic> found = new ArrayList<>();
        for (String line : words.lines().toList()) {
            Matcher source = SHOWN_SOURCE.matcher(line);
            if (source.matches() && !found.isEmpty()) {
                attachSource(found, source.group("source"));
                continue;
            }
            Diagnostic diagnostic = parseLine(line);
            if (diagnostic != null) {
                found.add(diagnostic);
            }
        }
        return withoutClosing(found);
    }

    /** The driver's last word, that its linker failed, says nothing once the linker has said why. */
    private static List<Diagnostic> withoutClosing(List<Diagnostic> found) {
        List<Diagnostic> telling = found.stream()
                .filter(diagnostic -> !CLOSING.matcher(diagnostic.message()).lookingAt())
                .toList();
        return telling.stream().anyMatch(diagnostic -> diagnostic.severity() == Severity.ERROR)
                ? telling
                : List.copyOf(found);
    }

    private static @Nullable Diagnostic parseLine(String line) {
        Matcher compiler = COMPILER.matcher(line);
        if (compiler.matches()) {
            return new Diagnostic(
                    compiler.group("file"),
                    number(compiler.group("line")),
                    number(compiler.group("column")),
                    severity(compiler.group("severity")),
                    compiler.group("message"),
                    null);
        }
        Matcher driver = DRIVER.matcher(line);
        if (driver.matches()) {
            return plain(severity(driver.group("severity")), driver.group("message"));
        }
        return parseLinker(line);
    }

    private static @Nullable Diagnostic parseLinker(String line) {
        Matcher linker = LINKER.matcher(line);
        if (linker.matches()) {
            return new Diagnostic(
                    linker.group("file").endsWith(".o") ? null : linker.group("file"),
                    number(linker.group("line")),
                    null,
                    linkerSeverity(linker.group("message")),
                    withoutSeverity(linker.group("message")),
                    null);
        }
        Matcher alone = LINKER_ALONE.matcher(line);
        if (alone.matches() && !alone.group("message").contains("in function `")) {
            return plain(linkerSeverity(alone.group("message")), withoutSeverity(alone.group("message")));
        }
        return null;
    }

    private static Severity linkerSeverity(String message) {
        return message.startsWith("warning: ")
                ? Severity.WARNING
                : message.startsWith("NOTE: ") ? Severity.NOTE : Severity.ERROR;
    }

    private static String withoutSeverity(String message) {
        return message.replaceFirst("^(?:warning|NOTE|error): ", "");
    }

    private static Diagnostic plain(Severity severity, String message) {
        return new Diagnostic(null, null, null, severity, message, null);
    }

    /** gcc shows the line below the message; a second excerpt of the same message is a detail. */
    private static void attachSource(List<Diagnostic> found, String source) {
        int last = found.size() - 1;
        Diagnostic it = found.get(last);
        if (it.source() == null) {
            found.set(last, new Diagnostic(it.file(), it.line(), it.column(), it.severity(), it.message(), source));
        }
    }

    private static Severity severity(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "warning" -> Severity.WARNING;
            case "note" -> Severity.NOTE;
            default -> Severity.ERROR;
        };
    }

    private static @Nullable Integer number(@Nullable String digits) {
        return digits == null ? null : Integer.valueOf(digits);
    }
}
