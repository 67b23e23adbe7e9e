package org.brkmap.grade;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.brkmap.grade.CsvText.Row;
import org.brkmap.grade.Student.Column;
import org.jspecify.annotations.Nullable;

/**
 * The class: a CSV table with a header, of which one column names each student once. It reads plain tables ({@code
 * id,name,email}) and what Canvas, Moodle and GitHub Classroom export. Columns it does not know are ignored. Immutable.
 */
public final class Roster {
    private static final int MAX_STUDENTS = 100_000;
    private static final Pattern WORD = Pattern.compile("[^\\s/_+~,;()\\[\\]]+");

    private final Map<String, Student> students = new LinkedHashMap<>();
    /** Students by each of their names, in small letters; null where two share it. */
    private final Map<String, @Nullable Student> byName = new HashMap<>();

    private Roster() {}

    /**
     * Reads a roster.
     *
     * @throws GradeException if it cannot be read, has no column that names students, or names one twice; the message says
     *     where and what to do
     */
    public static Roster read(Path file) throws IOException {
        return of(file.toString(), CsvText.read(file));
    }

    private static Roster of(String file, List<Row> rows) throws GradeException {
        if (rows.isEmpty()) {
            throw new GradeException(file + " is empty; its first row names the columns, such as: id,name,email");
        }
        Map<Column, Integer> columns = columns(file, rows.get(0));
        Roster roster = new Roster();
        for (Row row : rows.subList(1, rows.size())) {
            Student student = student(row, columns);
            if (student == null) {
                continue;
            }
            if (roster.students.size() == MAX_STUDENTS) {
                throw new GradeException(file + " has more than " + MAX_STUDENTS + " students, and is not read");
            }
            if (roster.students.put(student.id(), student) != null) {
                throw new GradeException(
                        file + ":" + row.line() + ": \"" + student.id() + "\" stands there twice; keep one of the two");
            }
        }
        roster.students.values().forEach(roster::know);
        return roster;
    }

    private static Map<Column, Integer> columns(String file, Row header) throws GradeException {
        Map<Column, Integer> columns = new EnumMap<>(Column.class);
        boolean canvas = header.cells().stream().anyMatch(cell -> cell.strip().equalsIgnoreCase("SIS User ID"));
        for (int i = 0; i < header.cells().size(); i++) {
            Column column = Column.of(header.at(i));
            // In Canvas's gradebook "ID" is a number of Canvas's own.
            if (canvas && column == Column.ID) {
                column = Column.CANVAS_ID;
            }
            if (column != null) {
                columns.putIfAbsent(column, i);
            }
        }
        if (idColumns().noneMatch(columns::containsKey)) {
            throw new GradeException(
                    file + ":1: no column names the students. Call one of them: id, username or email");
        }
        return columns;
    }

    private static java.util.stream.Stream<Column> idColumns() {
        return java.util.stream.Stream.of(
                Column.ID, Column.LOGIN, Column.SIS_ID, Column.EMAIL, Column.CANVAS_ID, Column.GITHUB);
    }

    /** The student of a row; null for a row without one, as Canvas's "Points Possible". */
    private static @Nullable Student student(Row row, Map<Column, Integer> columns) {
        Map<Column, String> values = new EnumMap<>(Column.class);
        columns.forEach((column, at) -> {
            String value = row.at(at).strip();
            // What our own exports made harmless is the same student.
            values.put(column, value.matches("'[=+@-].*") ? value.substring(1) : value);
        });
        values.values().removeIf(String::isEmpty);
        Optional<Column> id = idColumns().filter(values::containsKey).findFirst();
        if (id.isEmpty()) {
            return null;
        }
        String name = values.getOrDefault(
                Column.NAME,
                (values.getOrDefault(Column.FIRST, "") + " " + values.getOrDefault(Column.LAST, "")).strip());
        return new Student(values.getOrDefault(id.get(), ""), name, values);
    }

    private void know(Student student) {
        student.names().map(Roster::folded).distinct().forEach(name -> {
            boolean shared = byName.containsKey(name) && !student.equals(byName.get(name));
            byName.put(name, shared ? null : student);
        });
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** The students in the order of the file. */
    public Collection<Student> students() {
        return List.copyOf(students.values());
    }

    /** The student of this id. */
    public Optional<Student> student(String id) {
        return Optional.ofNullable(students.get(id));
    }

    /** The student of whom this is a name: id, login, address or number. */
    public Optional<Student> named(String name) {
        return Optional.ofNullable(byName.get(folded(name)));
    }

    /**
     * The student here who is a student of another list, as a course system's: who shares a name with them, but for names of people.
     *
     * @throws GradeException if their names are those of two here
     */
    public Optional<Student> same(Student other) throws GradeException {
        List<Student> found = other.names()
                .map(this::named)
                .flatMap(Optional::stream)
                .distinct()
                .toList();
        if (found.size() > 1) {
            throw new GradeException("\"" + other.id() + "\" may be two students of the other list: \""
                    + found.get(0).id() + "\" and \"" + found.get(1).id()
                    + "\"; make their ids, logins and addresses agree");
        }
        return found.stream().findFirst();
    }

    /**
     * Whose submission a path is: that of the student of whom one name (id, login, address, number) is a whole folder's or file's
     * name in it, or a word of it; the first folder counts first. Names of people do not count: two may have the same.
     *
     * @param path relative to the folder of submissions
     */
    public Optional<Student> owner(String path) {
        for (String part : path.split("/", -1)) {
            List<String> candidates = new ArrayList<>(List.of(part));
            for (int dot = part.indexOf('.'); dot > 0; dot = part.indexOf('.', dot + 1)) {
                candidates.add(part.substring(0, dot));
            }
            Matcher words = WORD.matcher(part);
            while (words.find()) {
                candidates.add(words.group());
                String word = words.group().replaceFirst("\\.(html?|zip|json|c)$", "");
                candidates.add(word);
                candidates.add(word.replaceFirst("^lab[0-9]+-|-lab[0-9]+$", ""));
            }
            for (String candidate : candidates) {
                Student student = byName.get(folded(candidate));
                if (student != null) {
                    return Optional.of(student);
                }
            }
        }
        return Optional.empty();
    }
}
