package org.brkmap.grade;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.brkmap.grade.Gradebook.Entry;
import org.brkmap.grade.Gradebook.Row;

/** The gradebook as one table: a row for each student and lab. */
final class GradebookCsv {
    private GradebookCsv() {}

    static String of(Gradebook book) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("id", "name", "lab", "points", "of", "grading", "late %", "flags", "file", "sha256"));
        for (Row row : book.rows()) {
            row.entries().forEach((lab, entry) -> rows.add(cells(row, lab, entry)));
        }
        return CsvText.write(rows);
    }

    private static List<String> cells(Row row, String lab, Entry entry) {
        Result result = entry.result();
        return List.of(
                row.student().id(),
                row.student().name(),
                lab,
                entry.earned().toPlainString(),
                entry.max().toPlainString(),
                result == null ? "" : result.grading().title(),
                Gradebook.tidy(java.math.BigDecimal.valueOf(100).subtract(entry.kept()))
                        .toPlainString(),
                entry.flags().stream()
                        .map(flag -> flag.kind().title() + ": " + flag.reason())
                        .collect(Collectors.joining("; ")),
                result == null ? "" : result.submission().file(),
                result == null ? "" : result.submission().sha256());
    }
}
