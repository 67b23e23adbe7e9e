package org.brkmap.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.brkmap.evidence.CheckStatus;
import org.brkmap.evidence.FactsJson;
import org.brkmap.evidence.JsonFields;
import org.brkmap.evidence.JsonTree;
import org.brkmap.export.Export.Chosen;
import org.brkmap.export.Tests.Item;
import org.brkmap.grade.Roster;
import org.brkmap.grade.Student;
import org.jspecify.annotations.Nullable;

/**
 * result.json of Classroom 50, schema classroom50/result/v1. What only its runner knows (tag, commit, release, owner) is taken from the result
 * files that were downloaded, or from the environment that the runner gives an autograder; never made up. Points are whole numbers, and their
 * sum is the score.
 */
final class Classroom50 {
    private static final String SCHEMA = "classroom50/result/v1";
    private static final long MOST_BYTES = 10 << 20;
    private static final int DEEPEST = 6;
    private static final List<String> NEEDED =
            List.of("classroom", "assignment", "submission", "commit", "release", "review", "datetime");
    private static final List<String> OTHERS = List.of("assignment_type", "owner", "graded_at");

    private Classroom50() {}

    static Export of(Chosen chosen, ExportOptions options) throws IOException {
        List<Grade> grades = chosen.grades(chosen.lab());
        Path template = options.template();
        return template == null
                ? inRunner(chosen, grades, options.environment())
                : filled(chosen, grades, template, options.roster());
    }

    private static Export inRunner(Chosen chosen, List<Grade> grades, Map<String, String> environment)
            throws ExportException {
        Map<String, String> from = new LinkedHashMap<>();
        from.put("classroom", "CLASSROOM");
        from.put("assignment", "ASSIGNMENT");
        from.put("submission", "SUBMISSION_TAG");
        from.put("commit", "COMMIT_URL");
        from.put("release", "RELEASE_URL");
        List<String> missing = from.values().stream()
                .filter(name -> environment.getOrDefault(name, "").isEmpty())
                .toList();
        if (!missing.isEmpty()) {
            throw new ExportException(
                    "only the runner of Classroom 50 knows tag, commit and release, and it is not around (no "
                            + String.join(", ", missing)
                            + " in the environment). Elsewhere name the result files that were downloaded: --template DIR");
        }
        if (grades.size() != 1) {
            throw new ExportException("the runner is at one student's submission, and there are grades of "
                    + grades.size() + ". Name the student: --student ID");
        }
        Grade grade = grades.get(0);
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        out.put("schema", SCHEMA);
        from.forEach((member, name) -> out.put(member, environment.get(name)));
        String review = environment.getOrDefault("REVIEW_URL", "");
        out.put("review", review.isEmpty() ? environment.get("COMMIT_URL") : review);
        out.put("datetime", String.valueOf(time(grade)));
        Map<String, String> files = new LinkedHashMap<>();
        if (grade.points() != null) {
            files.put(grade.student().fileName() + ".json", text(out, grade));
        }
        return chosen.export(files, grades, rounding(grades));
    }

    /** When it was handed in; where nobody knows, now, which the runner overwrites. */
    private static Instant time(Grade grade) {
        var result = grade.entry().result();
        Instant submitted = result == null ? null : result.submission().submitted();
        return (submitted == null ? Instant.now() : submitted).truncatedTo(ChronoUnit.SECONDS);
    }

    private static Export filled(Chosen chosen, List<Grade> grades, Path template, Roster roster) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        List<Grade> written = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        for (Path file : results(template)) {
            Map<String, @Nullable Object> head = head(file);
            String owner = String.valueOf(head.get("owner"));
            Student inClass = roster.named(owner).orElse(null);
            Grade grade = grades.stream()
                    .filter(one ->
                            inClass != null && inClass.equals(chosen.inClass().get(one.student())))
                    .findFirst()
                    .orElse(null);
            if (grade == null) {
                notes.add(file + ": its owner " + owner + " has no grade here, and it was left out");
            } else {
                written.add(grade);
                if (grade.points() != null
                        && files.put(grade.student().fileName() + ".json", text(head, grade)) != null) {
                    throw new ExportException(file + " is the second result of " + owner + "; keep one of them");
                }
            }
        }
        List<String> absent = grades.stream()
                .filter(grade -> !written.contains(grade) && grade.points() != null)
                .map(grade -> grade.student().id())
                .toList();
        if (!absent.isEmpty()) {
            notes.add("no result file is there to fill in for " + Export.named(absent));
        }
        notes.addAll(rounding(written));
        return chosen.export(files, written, notes);
    }

    private static List<Path> results(Path template) throws IOException {
        if (!Files.isDirectory(template)) {
            return List.of(template);
        }
        try (Stream<Path> all = Files.walk(template, DEEPEST)) {
            List<Path> found = all.filter(file -> file.toString().endsWith(".json") && Files.isRegularFile(file))
                    .sorted()
                    .toList();
            if (found.isEmpty()) {
                throw new ExportException(template + " holds no result files (.json)");
            }
            return found;
        }
    }

    /** What a result file says besides the points; there may be nothing at the top that the schema does not know. */
    private static Map<String, @Nullable Object> head(Path file) throws IOException {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new ExportException("it is larger than Classroom 50 takes");
            }
            JsonFields in = JsonTree.parse(Files.readString(file)).fields();
            if (!in.text("schema").equals(SCHEMA)) {
                throw new ExportException("its schema is not " + SCHEMA);
            }
            out.put("schema", SCHEMA);
            for (String member : NEEDED) {
                out.put(member, in.text(member));
            }
            out.put("owner", in.text("owner"));
            for (String member : OTHERS) {
                if (in.has(member)) {
                    out.put(member, in.text(member));
                }
            }
            if (in.has("submitted_by")) {
                JsonFields by = in.at("submitted_by").fields();
                Map<String, @Nullable Object> who = new LinkedHashMap<>();
                who.put("username", by.text("username"));
                if (by.has("id")) {
                    who.put("id", by.numberOrNull("id"));
                }
                by.end();
                out.put("submitted_by", who);
            }
            in.at("score").number();
            in.at("max-score").number();
            in.at("tests").items(test -> test);
            in.end();
        } catch (IOException e) {
            throw new ExportException(file + " is no result file of Classroom 50: " + e.getMessage()
                    + ". Download result.json from the release of the submission");
        }
        return out;
    }

    private static String text(Map<String, @Nullable Object> head, Grade grade) {
        Tests tests = Tests.of(grade, true);
        Map<String, @Nullable Object> out = new LinkedHashMap<>(head);
        out.put("score", tests.score().intValueExact());
        out.put("max-score", tests.max().intValueExact());
        out.put("tests", tests.items().stream().map(Classroom50::test).toList());
        return FactsJson.write(out);
    }

    private static Map<String, Object> test(Item item) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("test-name", item.name());
        out.put("passed", item.status() == CheckStatus.PASSED);
        out.put("score", item.score().intValueExact());
        out.put("max-score", item.max().intValueExact());
        String message = item.message();
        if (message != null) {
            out.put("output", message);
        }
        return out;
    }

    private static List<String> rounding(List<Grade> grades) {
        List<String> rounded = grades.stream()
                .filter(grade -> grade.points() != null
                        && Grade.plain(grade.entry().earned()).scale() > 0)
                .map(grade -> grade.student().id())
                .toList();
        return rounded.isEmpty()
                ? List.of()
                : List.of("rounded to whole points, which is all that this form knows: " + Export.named(rounded));
    }
}
