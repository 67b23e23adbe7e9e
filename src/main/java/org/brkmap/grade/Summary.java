package org.brkmap.grade;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.brkmap.grade.ClassFigures.CheckFigures;
import org.brkmap.grade.Gradebook.Entry;
import org.brkmap.grade.Gradebook.Row;
import org.brkmap.report.Visible;

/** A gradebook in Markdown, for the summary of a job: below 1 MiB, which is as much as GitHub shows. */
final class Summary {
    private static final int MOST_BYTES = 900_000;
    private static final int LONGEST = 200;

    private Summary() {}

    static String of(Gradebook book) {
        StringBuilder text = new StringBuilder("# ")
                .append(cell(
                        book.course().title().isEmpty()
                                ? "Gradebook"
                                : book.course().title()))
                .append("\n");
        for (String lab : book.labs()) {
            lab(book, lab, text);
        }
        text.append("\n## Students\n\n| student |");
        book.labs().forEach(lab -> text.append(' ').append(cell(lab)).append(" |"));
        text.append(" flags |\n|---|")
                .append("---:|".repeat(book.labs().size()))
                .append("---|\n");
        int bytes = text.toString().getBytes(StandardCharsets.UTF_8).length;
        int left = 0;
        for (Row row : book.rows()) {
            String line = row(book, row);
            bytes += line.getBytes(StandardCharsets.UTF_8).length;
            if (bytes > MOST_BYTES) {
                left++;
            } else {
                text.append(line);
            }
        }
        if (left > 0) {
            text.append("\n").append(left).append(" more are in gradebook.csv.\n");
        }
        return text.toString();
    }

    private static void lab(Gradebook book, String lab, StringBuilder text) {
        ClassFigures figures = ClassFigures.of(book, lab);
        text.append("\n## ").append(cell(lab)).append("\n\n");
        text.append(figures.handedIn())
                .append(" handed in, ")
                .append(figures.missing())
                .append(" did not");
        Map<String, Integer> gradings = new TreeMap<>();
        Map<String, Integer> flags = new TreeMap<>();
        List<BigDecimal> points = new ArrayList<>();
        for (Row row : book.rows()) {
            Entry entry = row.entries().get(lab);
            Result result = entry == null ? null : entry.result();
            if (entry != null && result != null) {
                gradings.merge(result.grading().title(), 1, Integer::sum);
                entry.flags().stream()
                        .map(flag -> flag.kind().title())
                        .distinct()
                        .forEach(kind -> flags.merge(kind, 1, Integer::sum));
                if (row.listed()) {
                    points.add(entry.earned());
                }
            }
        }
        points.sort(null);
        if (!points.isEmpty()) {
            text.append("; median ")
                    .append(points.get(points.size() / 2).toPlainString())
                    .append(" points");
        }
        text.append(".\n\n");
        gradings.forEach((how, count) ->
                text.append("- ").append(how).append(": ").append(count).append('\n'));
        flags.forEach((kind, count) -> text.append("- flagged ")
                .append(kind)
                .append(": ")
                .append(count)
                .append('\n'));
        List<CheckFigures> hard = figures.checks().stream()
                .filter(check -> check.failed() > 0)
                .sorted(java.util.Comparator.comparingInt(CheckFigures::failed).reversed())
                .limit(5)
                .toList();
        if (!hard.isEmpty()) {
            text.append("\n| most failed | failed | passed |\n|---|---:|---:|\n");
            hard.forEach(check -> text.append("| ")
                    .append(cell(check.check().title()))
                    .append(" | ")
                    .append(check.failed())
                    .append(" | ")
                    .append(check.passed())
                    .append(" |\n"));
        }
    }

    private static String row(Gradebook book, Row row) {
        StringBuilder line =
                new StringBuilder("| ").append(cell(row.student().id())).append(" |");
        List<Flag> flags = new ArrayList<>();
        for (String lab : book.labs()) {
            Entry entry = row.entries().get(lab);
            boolean blank =
                    entry == null || (entry.result() == null && entry.earned().signum() == 0);
            line.append(' ')
                    .append(blank || entry == null ? "–" : entry.earned().toPlainString())
                    .append(" |");
            if (entry != null) {
                flags.addAll(entry.flags());
            }
        }
        return line.append(' ')
                .append(GradebookPage.kinds(flags))
                .append(" |\n")
                .toString();
    }

    /** Text that Markdown and HTML leave alone. */
    private static String cell(String text) {
        StringBuilder out = new StringBuilder();
        Visible.line(text, LONGEST).chars().forEach(letter -> {
            if ("\\`*_{}[]()<>#+!|~&@:".indexOf(letter) >= 0) {
                out.append("&#").append(letter).append(';');
            } else {
                out.append((char) letter);
            }
        });
        return out.toString();
    }
}
