package org.brkmap.bench;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/**
 * The places in docs/MEASURING.md where what was measured is put: between the lines {@code <!-- measured NAME: begin -->} and
 * {@code <!-- measured NAME: end -->}.
 */
public final class Measured {
    private Measured() {}

    /**
     * A page with this text in place of the one between the marks of that name.
     *
     * @throws IllegalArgumentException if the page has no such marks
     */
    public static String within(String page, String name, String text) {
        String begin = mark(name, "begin");
        String end = mark(name, "end");
        int from = page.indexOf(begin);
        int to = page.indexOf(end);
        if (from < 0 || to < from) {
            throw new IllegalArgumentException(
                    "no place for the table: it goes between the lines " + begin.strip() + " and " + end.strip());
        }
        return page.substring(0, from + begin.length()) + text + page.substring(to);
    }

    private static String mark(String name, String which) {
        return "<!-- measured " + name + ": " + which + " -->\n";
    }

    /** The day, what the numbers depend on, and a table whose first column names the row. */
    static String markdown(List<String> machine, List<String> head, List<List<String>> rows) {
        StringBuilder text = new StringBuilder();
        text.append("Measured on ").append(LocalDate.now(ZoneOffset.UTC)).append(":\n\n");
        machine.forEach(line -> text.append("- ").append(line).append('\n'));
        text.append('\n');
        row(text, head);
        text.append("|---|").append("---|".repeat(head.size() - 1)).append('\n');
        rows.forEach(cells -> row(text, cells));
        return text.toString();
    }

    private static void row(StringBuilder text, List<String> cells) {
        cells.forEach(cell -> text.append("| ").append(cell.replace("|", "\\|")).append(' '));
        text.append("|\n");
    }
}
