package org.brkmap.export;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.brkmap.export.Export.Chosen;
import org.brkmap.grade.CsvText;
import org.brkmap.grade.Student;
import org.brkmap.grade.Student.Column;

/**
 * Canvas's gradebook import. Its first five columns say who a student is; a column's title ends in the number of its assignment, for a
 * title without one makes a new assignment. A blank leaves a grade as it is.
 */
final class Canvas {
    private static final Pattern NUMBERED = Pattern.compile("(.*?)\\s*\\(([0-9]{1,18})\\)");

    private Canvas() {}

    static Export of(Chosen chosen, ExportOptions options) throws ExportException {
        Map<String, String> titles = new LinkedHashMap<>();
        for (String lab : chosen.labs()) {
            String title = title(chosen, lab, options);
            if (title != null) {
                titles.put(lab, title);
            }
        }
        List<String> without =
                chosen.labs().stream().filter(lab -> !titles.containsKey(lab)).toList();
        if (titles.isEmpty() || (!options.labs().isEmpty() && !without.isEmpty())) {
            throw new ExportException("Canvas needs the number of the assignment of " + String.join(", ", without)
                    + ", or it would make a new one. It is the last part of the assignment's address: --assignment "
                    + without.get(0) + "=12345, or " + without.get(0)
                    + ".column = Title (12345) in course.properties");
        }
        List<List<String>> rows = new ArrayList<>();
        List<String> header = new ArrayList<>(List.of("Student", "ID", "SIS User ID", "SIS Login ID", "Section"));
        header.addAll(titles.values());
        rows.add(header);
        Map<Student, List<String>> byStudent = new LinkedHashMap<>();
        List<String> nameless = new ArrayList<>();
        chosen.inClass().forEach((student, inCanvas) -> {
            if (List.of(Column.CANVAS_ID, Column.SIS_ID, Column.LOGIN).stream()
                    .allMatch(column -> inCanvas.column(column).isEmpty())) {
                nameless.add(student.id());
            }
            byStudent.put(
                    student,
                    new ArrayList<>(List.of(
                            inCanvas.name().isEmpty() ? inCanvas.id() : inCanvas.name(),
                            inCanvas.column(Column.CANVAS_ID),
                            inCanvas.column(Column.SIS_ID),
                            inCanvas.column(Column.LOGIN),
                            inCanvas.column(Column.SECTION))));
        });
        if (!nameless.isEmpty()) {
            throw new ExportException("the roster has no Canvas id, SIS id or login of " + Export.named(nameless)
                    + ". Export the gradebook from Canvas, and name that file: --roster FILE");
        }
        List<Grade> written = new ArrayList<>();
        for (String lab : titles.keySet()) {
            for (Grade grade : chosen.grades(lab)) {
                List<String> row = byStudent.get(grade.student());
                if (row != null) {
                    BigDecimal points = chosen.points(grade);
                    row.add(points == null ? "" : points.toPlainString());
                    written.add(grade);
                }
            }
        }
        rows.addAll(byStudent.values());
        List<String> notes = new ArrayList<>();
        if (!without.isEmpty()) {
            notes.add(String.join(", ", without) + ": left out, for it has no number of an assignment");
        }
        return chosen.export(Map.of(Format.CANVAS.place(), CsvText.write(rows)), written, notes);
    }

    private static @org.jspecify.annotations.Nullable String title(Chosen chosen, String lab, ExportOptions options) {
        String column = chosen.book().course().lab(lab).column();
        String number = options.assignments().get(lab);
        if (number != null) {
            return chosen.title(lab) + " (" + number + ")";
        }
        Matcher numbered = column == null ? null : NUMBERED.matcher(column);
        return numbered != null && numbered.matches() ? column : null;
    }
}
