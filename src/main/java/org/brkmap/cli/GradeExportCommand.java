package org.brkmap.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.brkmap.evidence.FactsJson;
import org.brkmap.export.Export;
import org.brkmap.export.ExportOptions;
import org.brkmap.export.Format;
import org.brkmap.grade.Roster;
import org.brkmap.grade.Student.Column;
import org.brkmap.report.Visible;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code brkmap grade export}: a gradebook in the form that a course system reads. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {
            "Writes the grades in OUT in a form that a course system or tool reads. Nothing is graded, and nothing is sent"
                    + " anywhere.",
            "",
            "canvas, moodle, moodle-worksheet, junit and csv are one file; gradescope, classroom50, github and exercism a"
                    + " file for each student. A worksheet or result file that a system made (--template) is filled in, never"
                    + " made up.",
            "",
            "Who handed in nothing, or something that could not be judged, has no grade: the cell is blank, and standard"
                    + " error says whose. Cells that a spreadsheet would run get an apostrophe before them."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:written",
            "1:something is missing or does not fit; nothing was written, and standard error says what to do",
            "2:the command was not understood"
        },
        footerHeading = "%nTry:%n",
        footer = {
            "  ./brkmap grade export graded --format csv",
            "  ./brkmap grade export graded --format canvas --roster canvas.csv --assignment lab2=12345",
            "  ./brkmap grade export graded --format moodle --roster participants.csv",
            "  ./brkmap grade export graded --format moodle-worksheet --template Grades-Lab2.csv",
            "  ./brkmap grade export graded --format gradescope --student ada --out results.json"
        })
final class GradeExportCommand implements Callable<Integer> {
    private static final int LONGEST = 2_000;
    private static final Pattern ASSIGNMENT = Pattern.compile("(?:([a-z][a-z0-9-]*)=)?([0-9]{1,18})");
    private static final Pattern OURS = Pattern.compile(".*-[0-9a-f]{8}\\.(json|txt)");

    /** By what Moodle knows a student. */
    enum User {
        EMAIL(Column.EMAIL),
        IDNUMBER(Column.ID),
        USERNAME(Column.LOGIN);

        private final Column column;

        User(Column column) {
            this.column = column;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What stands for a grade that there is not. */
    enum Missing {
        BLANK,
        ZERO;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(paramLabel = "OUT", description = "A folder that grade reports, rerun or merge wrote.")
    private Path folder = Path.of("");

    @Option(
            names = "--format",
            required = true,
            paramLabel = "FORMAT",
            description = "One of ${COMPLETION-CANDIDATES}.")
    private Format format = Format.CSV;

    @Option(
            names = "--out",
            paramLabel = "PATH",
            description =
                    "Where it goes: a file, or a folder for formats with a file for each student; with a single --student"
                            + " those are a file, too (default: OUT/export/FORMAT).")
    private @Nullable Path out;

    @Option(names = "--lab", paramLabel = "LAB", description = "Only this lab; may be repeated (default: all).")
    private List<String> labs = List.of();

    @Option(names = "--student", paramLabel = "ID", description = "Only this student; may be repeated (default: all).")
    private List<String> students = List.of();

    @Option(
            names = "--roster",
            paramLabel = "FILE",
            description =
                    "The class as the course system exports it: each student is looked up there, and one who is not in it"
                            + " stops the export (default: the roster kept in OUT).")
    private @Nullable Path roster;

    @Option(names = "--course", paramLabel = "FILE", description = "The rules (default: those kept in OUT).")
    private @Nullable Path course;

    @Option(
            names = "--assignment",
            paramLabel = "[LAB=]NUMBER",
            description = "canvas: the number of a lab's assignment, the last part of its address; may be repeated.")
    private List<String> assignments = List.of();

    @Option(
            names = "--template",
            paramLabel = "FILE",
            description =
                    "moodle-worksheet: the grading worksheet that was downloaded. classroom50: a result.json, or a folder"
                            + " of them, that were downloaded (default: what the runner says in the environment).")
    private @Nullable Path template;

    @Option(
            names = "--user",
            paramLabel = "BY",
            description = "moodle: tell students by ${COMPLETION-CANDIDATES} (default: the first that all have).")
    private @Nullable User user;

    @Option(
            names = "--missing",
            paramLabel = "HOW",
            description =
                    "What stands for those who handed in nothing, in tables: ${COMPLETION-CANDIDATES} (default: blank).")
    private Missing missing = Missing.BLANK;

    @Option(names = "--json", description = "Print the outcome as JSON.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        only(Format.CANVAS, !assignments.isEmpty(), "--assignment");
        only(Format.MOODLE, user != null, "--user");
        if (template != null && format != Format.MOODLE_WORKSHEET && format != Format.CLASSROOM50) {
            throw misuse("--template is for moodle-worksheet and classroom50; " + format + " fills in nothing");
        }
        GradedFolder graded = GradedFolder.read(folder, roster, course);
        User by = user;
        ExportOptions options = new ExportOptions(
                labs,
                students,
                roster == null ? graded.roster() : Roster.read(roster),
                assignments(graded.book().labs()),
                template,
                by == null ? null : by.column,
                missing == Missing.ZERO,
                System.getenv());
        Export export = Export.of(graded.book(), format, options);
        List<Path> written = write(export);
        tell(export, written);
        return 0;
    }

    private void only(Format whose, boolean given, String option) {
        if (given && format != whose) {
            throw misuse(option + " is for " + whose + ", and the format is " + format);
        }
    }

    private Map<String, String> assignments(List<String> graded) {
        Map<String, String> byLab = new LinkedHashMap<>();
        for (String text : assignments) {
            Matcher parts = ASSIGNMENT.matcher(text);
            List<String> candidates = labs.isEmpty() ? graded : labs;
            if (!parts.matches()) {
                throw misuse("--assignment " + text + " should be LAB=NUMBER, such as lab2=12345");
            }
            String lab = parts.group(1);
            if (lab == null && candidates.size() != 1) {
                throw misuse("--assignment " + text + " does not say of which lab, and there are "
                        + String.join(", ", candidates) + ": LAB=" + text);
            }
            String whose = lab == null ? candidates.get(0) : lab;
            if (!candidates.contains(whose)) {
                throw misuse("--assignment " + text + ": no grades of " + whose + " are exported, but of "
                        + String.join(", ", candidates));
            }
            byLab.put(whose, parts.group(2));
        }
        return byLab;
    }

    private List<Path> write(Export export) throws IOException {
        Path to = out == null ? folder.resolve("export").resolve(format.place()) : out;
        List<Path> written = new ArrayList<>();
        boolean single = !format.isForEachStudent() || (out != null && students.size() == 1 && !Files.isDirectory(to));
        if (single) {
            for (String text : export.files().values()) {
                Path parent = to.toAbsolutePath().getParent();
                if (out == null && parent != null) {
                    Files.createDirectories(parent);
                }
                OutputFile.check(to);
                OutputFile.write(to, text);
                written.add(to);
            }
            return written;
        }
        Files.createDirectories(to);
        for (Map.Entry<String, String> file : export.files().entrySet()) {
            Path path = to.resolve(file.getKey());
            OutputFile.write(path, file.getValue());
            written.add(path);
        }
        if (students.isEmpty()) {
            removeOld(to, written);
        }
        return written;
    }

    /** Files of an earlier export, of those who have no grade any more. */
    private static void removeOld(Path to, List<Path> written) throws IOException {
        try (Stream<Path> files = Files.list(to)) {
            for (Path file : files.filter(one -> !written.contains(one)
                            && OURS.matcher(one.getFileName().toString()).matches())
                    .toList()) {
                Files.delete(file);
            }
        }
    }

    private void tell(Export export, List<Path> written) {
        Console console = Console.of(spec);
        List<String> warnings = new ArrayList<>();
        if (!export.blank().isEmpty()) {
            warnings.add(
                    "no grade, for nothing was handed in, or it could not be judged: " + Export.named(export.blank()));
        }
        if (export.claims() > 0) {
            warnings.add(export.claims() + " of " + export.grades()
                    + " grades are an unverified claim: from a report alone. grade rerun is the proof");
        }
        if (!export.strangers().isEmpty()) {
            warnings.add("not on the roster, and left out: " + Export.named(export.strangers()));
        }
        warnings.addAll(export.notes());
        warnings.forEach(warning -> console.err().println("brkmap: " + Visible.line(warning, LONGEST)));
        console.err().flush();
        if (json) {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("schema", "brkmap/export/1");
            facts.put("format", format.toString());
            facts.put("files", written.stream().map(Path::toString).toList());
            facts.put("grades", export.grades());
            facts.put("blank", export.blank());
            facts.put("claims", export.claims());
            facts.put("notOnRoster", export.strangers());
            facts.put("notes", export.notes());
            console.out().print(FactsJson.write(facts));
        } else {
            console.out()
                    .println(export.grades() + (export.grades() == 1 ? " grade" : " grades") + " for " + format
                            + (written.size() == 1
                                    ? ": " + written.get(0)
                                    : ", " + written.size() + " files: " + place(written)));
        }
        console.out().flush();
    }

    private static String place(List<Path> written) {
        Path parent = written.isEmpty() ? null : written.get(0).getParent();
        return parent == null ? "" : parent.toString();
    }

    private ParameterException misuse(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
