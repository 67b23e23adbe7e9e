package org.brkmap.export;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.brkmap.export.Export.Chosen;
import org.brkmap.grade.CsvText;
import org.brkmap.grade.CsvText.Row;
import org.brkmap.grade.Student;
import org.brkmap.grade.Student.Column;
import org.jspecify.annotations.Nullable;

/**
 * Moodle's offline grading worksheet: the one that was downloaded, with grade and feedback filled in and every other cell as it was, for
 * Moodle finds students by its own numbers, and compares when a grade was last changed.
 */
final class MoodleWorksheet {
    private static final String IDENTIFIER = "Identifier";
    private static final String GRADE = "Grade";
    private static final String MODIFIED = "Last modified (grade)";
    private static final String FEEDBACK = "Feedback comments";

    private final Path file;
    private final Chosen chosen;
    private final Map<String, Integer> columns = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();
    private final List<Grade> written = new ArrayList<>();

    private MoodleWorksheet(Path file, Chosen chosen) {
        this.file = file;
        this.chosen = chosen;
    }

    static Export of(Chosen chosen, ExportOptions options) throws IOException {
        Path file = options.template();
        if (file == null) {
            throw new ExportException(
                    "this form fills in a worksheet that Moodle made. Download it (assignment, \"Download"
                            + " grading worksheet\"), and name it: --template FILE");
        }
        return new MoodleWorksheet(file, chosen).fill();
    }

    private Export fill() throws IOException {
        String lab = chosen.lab();
        List<Row> rows = CsvText.read(file);
        header(rows.isEmpty() ? List.of() : rows.get(0).cells());
        Map<Student, Grade> grades = new LinkedHashMap<>();
        chosen.grades(lab).forEach(grade -> grades.put(grade.student(), grade));
        List<List<String>> filled = new ArrayList<>();
        filled.add(rows.get(0).cells());
        List<String> locked = new ArrayList<>();
        for (Row row : rows.subList(1, rows.size())) {
            List<String> cells = new ArrayList<>(row.cells());
            Student student = student(row, grades);
            Grade grade = student == null ? null : grades.remove(student);
            BigDecimal points = grade == null ? null : chosen.points(grade);
            if (grade != null
                    && points != null
                    && cell(row, "Grade can be changed").equalsIgnoreCase("no")) {
                locked.add(grade.student().id());
            } else if (grade != null) {
                written.add(grade);
                if (points != null) {
                    put(row, cells, grade, points);
                }
            }
            filled.add(cells);
        }
        if (!locked.isEmpty()) {
            notes.add("the worksheet says that the grade cannot be changed of " + Export.named(locked)
                    + "; left as it was");
        }
        List<String> absent = grades.values().stream()
                .filter(grade -> chosen.points(grade) != null)
                .map(grade -> grade.student().id())
                .toList();
        if (!absent.isEmpty()) {
            notes.add("not in the worksheet, and so not graded by it: " + Export.named(absent));
        }
        return chosen.export(Map.of(Format.MOODLE_WORKSHEET.place(), CsvText.write(filled)), written, notes);
    }

    private void header(List<String> header) throws ExportException {
        for (int i = 0; i < header.size(); i++) {
            columns.putIfAbsent(header.get(i).strip().toLowerCase(Locale.ROOT), i);
        }
        for (String needed : List.of(IDENTIFIER, GRADE, MODIFIED)) {
            if (!columns.containsKey(needed.toLowerCase(Locale.ROOT))) {
                throw new ExportException(
                        file + ":1: no column is called \"" + needed + "\". Download the grading worksheet"
                                + " of the assignment, with Moodle's language set to English");
            }
        }
        if (!columns.containsKey(FEEDBACK.toLowerCase(Locale.ROOT))) {
            notes.add("the worksheet has no column \"" + FEEDBACK
                    + "\", so no feedback is in it; the assignment's settings" + " offer it as feedback type");
        }
    }

    private String cell(Row row, String column) {
        return row.at(columns.getOrDefault(column.toLowerCase(Locale.ROOT), -1)).strip();
    }

    /** By what Moodle says of them besides their names, which two may share. */
    private @Nullable Student student(Row row, Map<Student, Grade> grades) {
        for (String column : List.of("Email address", "ID number", "Username", IDENTIFIER)) {
            String value = cell(row, column);
            if (!value.isEmpty()) {
                for (Student student : grades.keySet()) {
                    Student inClass = chosen.inClass().getOrDefault(student, student);
                    if (isCalled(student, value) || isCalled(inClass, value)) {
                        return student;
                    }
                }
            }
        }
        return null;
    }

    private static boolean isCalled(Student student, String value) {
        return student.id().equalsIgnoreCase(value)
                || List.of(Column.EMAIL, Column.ID, Column.LOGIN).stream()
                        .anyMatch(column -> student.column(column).equalsIgnoreCase(value));
    }

    private void put(Row row, List<String> cells, Grade grade, BigDecimal points) throws ExportException {
        String most = cell(row, "Maximum Grade");
        if (!most.isEmpty()
                && new BigDecimal(number(row, most)).compareTo(grade.entry().max()) != 0) {
            throw new ExportException(file + ":" + row.line() + ": the most in Moodle is " + most + ", and here "
                    + grade.entry().max().toPlainString() + ". Make them agree: " + grade.lab() + ".max = "
                    + number(row, most) + " in course.properties, then merge");
        }
        set(cells, GRADE, points.toPlainString());
        set(cells, FEEDBACK, Feedback.html(grade));
    }

    private String number(Row row, String text) throws ExportException {
        String plain = text.replace(',', '.');
        if (!plain.matches("[0-9]{1,9}(\\.[0-9]{1,9})?")) {
            throw new ExportException(file + ":" + row.line() + ": the most is \"" + text
                    + "\", and no number; scales are not filled in");
        }
        return Grade.plain(new BigDecimal(plain)).toPlainString();
    }

    private void set(List<String> cells, String column, String value) {
        Integer at = columns.get(column.toLowerCase(Locale.ROOT));
        if (at != null) {
            while (cells.size() <= at) {
                cells.add("");
            }
            cells.set(at, value);
        }
    }
}
