package org.brkmap.export;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.brkmap.export.Export.Chosen;
import org.brkmap.grade.CsvText;
import org.brkmap.grade.Gradebook.Worth;
import org.brkmap.grade.Student.Column;
import org.brkmap.report.Visible;

/** A plain table, a row for each student and lab, with the points of each exercise in a column. */
final class Table {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private static final int LONGEST = 2_000;

    private Table() {}

    static Export of(Chosen chosen) {
        Set<String> exercises = new LinkedHashSet<>();
        List<Grade> grades = new ArrayList<>();
        for (String lab : chosen.labs()) {
            grades.addAll(chosen.grades(lab));
        }
        grades.forEach(grade -> grade.entry().checks().stream()
                .filter(worth -> worth.max().signum() > 0)
                .forEach(
                        worth -> exercises.add(grade.lab() + "." + worth.check().id())));
        List<List<String>> rows = new ArrayList<>();
        List<String> header = new ArrayList<>(
                List.of("id", "name", "email", "section", "lab", "points", "of", "late %", "grading", "flags"));
        header.addAll(exercises);
        rows.add(header);
        grades.forEach(grade -> rows.add(row(chosen, grade, exercises)));
        return chosen.export(Map.of(Format.CSV.place(), CsvText.write(rows)), grades, List.of());
    }

    private static List<String> row(Chosen chosen, Grade grade, Set<String> exercises) {
        BigDecimal points = chosen.points(grade);
        List<String> row = new ArrayList<>(List.of(
                grade.student().id(),
                grade.student().name(),
                grade.student().column(Column.EMAIL),
                grade.student().column(Column.SECTION),
                grade.lab(),
                points == null ? "" : points.toPlainString(),
                grade.entry().max().toPlainString(),
                Grade.plain(HUNDRED.subtract(grade.entry().kept())).toPlainString(),
                grade.grading(),
                Visible.line(grade.flags(), LONGEST)));
        for (String exercise : exercises) {
            row.add(grade.entry().checks().stream()
                    .filter(worth ->
                            exercise.equals(grade.lab() + "." + worth.check().id()))
                    .findFirst()
                    .map(Worth::earned)
                    .map(earned -> Grade.plain(earned).toPlainString())
                    .orElse(""));
        }
        return row;
    }
}
