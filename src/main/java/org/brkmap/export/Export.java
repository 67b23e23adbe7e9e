package org.brkmap.export;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.brkmap.grade.Gradebook;
import org.brkmap.grade.Gradebook.Entry;
import org.brkmap.grade.Gradebook.Row;
import org.brkmap.grade.Student;
import org.jspecify.annotations.Nullable;

/**
 * A gradebook in one form: the texts, and what is to be known before they are handed on. Made from the same gradebook and options
 * it is the same. Immutable.
 *
 * @param files texts by file name; a single one for forms that are one file
 * @param grades how many grades are in them
 * @param blank whom they have no grade of, as {@code id (lab)}
 * @param claims how many of the grades are unverified claims
 * @param strangers ids of those who are not on the roster, and were left out
 * @param notes what else is to be known, in sentences
 */
public record Export(
        Map<String, String> files,
        int grades,
        List<String> blank,
        int claims,
        List<String> strangers,
        List<String> notes) {
    private static final int MOST_NAMED = 10;

    public Export {
        files = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(files));
        blank = List.copyOf(blank);
        strangers = List.copyOf(strangers);
        notes = List.copyOf(notes);
    }

    /**
     * Makes it.
     *
     * @throws ExportException if the form asks for something that is missing or does not fit
     * @throws IOException if a template cannot be read
     */
    public static Export of(Gradebook book, Format format, ExportOptions options) throws IOException {
        Chosen chosen = Chosen.of(book, options);
        return switch (format) {
            case CANVAS -> Canvas.of(chosen, options);
            case MOODLE -> Moodle.of(chosen, options);
            case MOODLE_WORKSHEET -> MoodleWorksheet.of(chosen, options);
            case GRADESCOPE -> Gradescope.of(chosen);
            case CLASSROOM50 -> Classroom50.of(chosen, options);
            case GITHUB -> GithubClassroom.of(chosen);
            case EXERCISM -> Exercism.of(chosen);
            case JUNIT -> JunitXml.of(chosen);
            case CSV -> Table.of(chosen);
        };
    }

    /**
     * What of a gradebook is exported.
     *
     * @param inClass students who are exported, and each as the course system lists them
     * @param strangers ids of those on no roster
     */
    record Chosen(
            Gradebook book,
            List<String> labs,
            Map<Student, Student> inClass,
            List<String> strangers,
            boolean zeroForMissing) {

        static Chosen of(Gradebook book, ExportOptions options) throws IOException {
            List<String> labs = options.labs().isEmpty() ? book.labs() : options.labs();
            for (String lab : labs) {
                if (!book.labs().contains(lab)) {
                    throw new ExportException("there are no grades of " + lab + " here; there are of "
                            + (book.labs().isEmpty() ? "no lab" : String.join(", ", book.labs())));
                }
            }
            Map<Student, Student> inClass = new LinkedHashMap<>();
            List<String> strangers = new ArrayList<>();
            List<String> unknown = new ArrayList<>();
            for (Row row : book.rows()) {
                Student student = row.student();
                if (!row.listed()) {
                    strangers.add(student.id());
                } else if (options.students().isEmpty() || options.students().contains(student.id())) {
                    Optional<Student> same = options.roster().same(student);
                    same.ifPresentOrElse(other -> inClass.put(student, other), () -> unknown.add(student.id()));
                }
            }
            for (String id : options.students()) {
                if (inClass.keySet().stream().noneMatch(student -> student.id().equals(id)) && !unknown.contains(id)) {
                    throw new ExportException("no student \"" + id + "\" is in the gradebook");
                }
            }
            if (!unknown.isEmpty()) {
                throw new ExportException("the course system's list does not have "
                        + named(unknown) + ", and one unknown student may stop its whole import. Export the list again,"
                        + " or take them off the roster and merge");
            }
            return new Chosen(book, List.copyOf(labs), inClass, List.copyOf(strangers), options.zeroForMissing());
        }

        /** The one lab. */
        String lab() throws ExportException {
            if (labs.size() != 1) {
                throw new ExportException("this form is of one lab, and there are grades of "
                        + (labs.isEmpty() ? "none" : String.join(", ", labs)) + ". Name one: --lab LAB");
            }
            return labs.get(0);
        }

        /** The grades of a lab, in the order of the roster. */
        List<Grade> grades(String lab) {
            List<Grade> grades = new ArrayList<>();
            for (Row row : book.rows()) {
                Entry entry = row.entries().get(lab);
                if (entry != null && inClass.containsKey(row.student())) {
                    grades.add(new Grade(row.student(), lab, entry));
                }
            }
            return grades;
        }

        /** The points that go into a cell; null for a blank. */
        @Nullable BigDecimal points(Grade grade) {
            BigDecimal points = grade.points();
            return points == null && zeroForMissing && !grade.isHandedIn() ? BigDecimal.ZERO : points;
        }

        /** The title of a lab's column, without the number of an assignment. */
        String title(String lab) {
            String column = book.course().lab(lab).column();
            return column == null ? lab : column.replaceFirst("\\s*\\([0-9]+\\)$", "");
        }

        /** The export that these texts are. */
        Export export(Map<String, String> files, List<Grade> written, List<String> notes) {
            List<String> blank = written.stream()
                    .filter(grade -> points(grade) == null)
                    .map(grade -> grade.student().id() + " (" + grade.lab() + ")")
                    .toList();
            int claims = (int) written.stream()
                    .filter(grade -> grade.isClaim() && points(grade) != null)
                    .count();
            return new Export(files, written.size() - blank.size(), blank, claims, strangers, notes);
        }
    }

    /** Some of these, and how many more there are. */
    public static String named(List<String> names) {
        List<String> some = names.subList(0, Math.min(MOST_NAMED, names.size()));
        return String.join(", ", some)
                + (names.size() > some.size() ? " and " + (names.size() - some.size()) + " more" : "");
    }
}
