package org.brkmap.export;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.brkmap.export.Export.Chosen;
import org.brkmap.grade.CsvText;
import org.brkmap.grade.Student;
import org.brkmap.grade.Student.Column;

/**
 * Moodle's grade import. One column says who a student is, by address, id number or user name; each lab has one of grades and one of
 * feedback. Moodle takes nothing at all if it knows one student not, so all are on the list that it exported; who has no grade is left
 * out.
 */
final class Moodle {
    private static final Map<Column, String> USERS = users();

    private Moodle() {}

    private static Map<Column, String> users() {
        Map<Column, String> users = new LinkedHashMap<>();
        users.put(Column.EMAIL, "Email address");
        users.put(Column.ID, "ID number");
        users.put(Column.LOGIN, "Username");
        return users;
    }

    static Export of(Chosen chosen, ExportOptions options) throws ExportException {
        Column user = user(chosen, options);
        List<String> header = new ArrayList<>(List.of(USERS.getOrDefault(user, "")));
        for (String lab : chosen.labs()) {
            header.add(chosen.title(lab));
            header.add(chosen.title(lab) + " (feedback)");
        }
        Map<Student, List<String>> rows = new LinkedHashMap<>();
        chosen.inClass()
                .forEach((student, inMoodle) -> rows.put(student, new ArrayList<>(List.of(inMoodle.column(user)))));
        List<Grade> written = new ArrayList<>();
        for (String lab : chosen.labs()) {
            for (Grade grade : chosen.grades(lab)) {
                BigDecimal points = chosen.points(grade);
                List<String> row = rows.get(grade.student());
                if (row != null) {
                    row.add(points == null ? "" : points.toPlainString());
                    row.add(points == null ? "" : Feedback.html(grade));
                    written.add(grade);
                }
            }
        }
        List<List<String>> all = new ArrayList<>(List.of(header));
        rows.values().stream()
                .filter(row -> row.stream().skip(1).anyMatch(cell -> !cell.isEmpty()))
                .forEach(all::add);
        return chosen.export(Map.of(Format.MOODLE.place(), CsvText.write(all)), written, List.of());
    }

    /** By what everybody is known, and nobody like another. */
    private static Column user(Chosen chosen, ExportOptions options) throws ExportException {
        Column asked = options.user();
        StringBuilder why = new StringBuilder();
        for (Column column : asked == null ? List.copyOf(USERS.keySet()) : List.of(asked)) {
            String fault = fault(chosen, column);
            if (fault.isEmpty()) {
                return column;
            }
            why.append("; ").append(fault);
        }
        throw new ExportException("the roster does not say for Moodle who everybody is" + why
                + ". Export the participants from Moodle, and name that file: --roster FILE");
    }

    private static String fault(Chosen chosen, Column column) {
        Map<String, String> known = new HashMap<>();
        List<String> without = new ArrayList<>();
        List<String> doubled = new ArrayList<>();
        chosen.inClass().forEach((student, inMoodle) -> {
            String value = inMoodle.column(column);
            if (value.isEmpty()) {
                without.add(student.id());
            } else if (known.put(value.toLowerCase(Locale.ROOT), student.id()) != null) {
                doubled.add(value);
            }
        });
        String name = USERS.getOrDefault(column, "").toLowerCase(Locale.ROOT);
        if (!without.isEmpty()) {
            return "no " + name + " of " + Export.named(without);
        }
        return doubled.isEmpty() ? "" : "the " + name + " " + Export.named(doubled) + " is two students'";
    }
}
