package org.brkmap.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.brkmap.evidence.FactsJson;
import org.brkmap.grade.Course;
import org.brkmap.grade.Gradebook;
import org.brkmap.grade.GradebookFiles;
import org.brkmap.grade.ReportBatch;
import org.brkmap.grade.ReportGrader;
import org.brkmap.grade.ResultFiles;
import org.brkmap.grade.Roster;
import org.brkmap.grade.SubmissionTimes;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code brkmap grade reports}: a folder of HTML reports into a gradebook. */
@Command(
        name = "reports",
        mixinStandardHelpOptions = true,
        description = {
            "Grades the HTML reports in DIR and the folders below it, and writes results, a gradebook and a feedback page"
                    + " for each student into OUT.",
            "",
            "A report belongs to the student whose id, login or address is a word in its path. Its evidence is read,"
                    + " never the rendered numbers; each check is made anew over the runs in it; what cannot be made anew"
                    + " is marked as claimed. Grades from reports are an unverified claim.",
            "",
            "Flagged are reports that are damaged or do not agree with themselves, of another lab or version, late, the"
                    + " same as another, with the same random addresses as another (a hint), of nobody on the roster, and"
                    + " students of whom there is none. A broken file stops nothing."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:graded; what is wrong with a report is a flag",
            "1:the roster, the rules, DIR or OUT could not be read or written",
            "2:the command was not understood",
            "130:ended by Ctrl-C; go on with --resume"
        },
        footerHeading = "%nTry:%n",
        footer = {
            "  ./brkmap grade reports submissions --roster roster.csv --out graded",
            "  ./brkmap grade reports submissions --roster roster.csv --course course.properties --out graded --resume",
            "  xdg-open graded/gradebook.html"
        })
final class GradeReportsCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "The folder with the reports, as the course system hands them out.")
    private Path folder = Path.of("");

    @Option(
            names = "--roster",
            required = true,
            paramLabel = "FILE",
            description = "The class: a CSV table with a column id, username or email; Canvas's, Moodle's and GitHub"
                    + " Classroom's exports are read too.")
    private Path roster = Path.of("");

    @Option(names = "--out", required = true, paramLabel = "OUT", description = "Where it goes; made if missing.")
    private Path out = Path.of("");

    @Option(
            names = "--course",
            paramLabel = "FILE",
            description = "The rules: weights, deadlines, overrides; see docs/INSTRUCTORS.md.")
    private @Nullable Path course;

    @Option(
            names = "--submitted",
            paramLabel = "FILE",
            description =
                    "When students handed in: a CSV table with a column as in the roster, and one called submitted"
                            + " (2026-11-21T12:00:00+01:00).")
    private @Nullable Path submitted;

    @Option(names = "--lab", paramLabel = "LAB", description = "Reports of other labs are flagged, and not graded.")
    private @Nullable String lab;

    @Option(
            names = "--samples",
            paramLabel = "FOLDER",
            description = "Reports that everybody was given: their addresses are shared by right.")
    private @Nullable Path samples;

    @Option(names = "--jobs", paramLabel = "N", description = "How many at a time (default: one for each processor).")
    private int jobs = Runtime.getRuntime().availableProcessors();

    @Option(names = "--resume", description = "Go on with what is in OUT: what was graded is not graded again.")
    private boolean resume;

    @Option(names = "--json", description = "Print the outcome as JSON.")
    private boolean json;

    @Mixin
    private LabProject project = new LabProject();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (jobs < 1 || jobs > 256) {
            throw project.misuse("--jobs is a number from 1 to 256.");
        }
        String only = lab;
        if (only != null) {
            project.lab(only);
        }
        Roster students = Roster.read(roster);
        Path rules = course;
        if (rules != null) {
            Course.read(rules);
        }
        ResultFiles results = ResultFiles.in(out);
        if (!resume && !results.readAll().isEmpty()) {
            throw new IOException(
                    out + " holds results already. Go on with them with --resume, or name another folder.");
        }
        Path times = submitted;
        Map<String, Instant> when = times == null ? Map.of() : SubmissionTimes.read(times, students);
        ReportGrader grader =
                ReportGrader.of(project.root(), only, samples == null ? Set.of() : ReportBatch.samples(samples));
        ReportBatch batch = ReportBatch.of(grader, folder, students, when, results);
        GradebookFiles files = GradebookFiles.in(out);
        Files.createDirectories(out);
        files.keep(roster, rules);
        Set<Path> graded;
        Console console = Console.of(spec);
        try (Interruption interruption = Interruption.ofThisThread();
                WorkProgress progress = WorkProgress.of("reports", batch.size(), console)) {
            graded = batch.run(jobs, progress::done);
            interruption.end();
            int old = results.keepOnly(graded);
            if (old > 0) {
                console.err().println(old + " results of reports that are no longer in " + folder + " were taken away");
            }
            Gradebook book = files.fold();
            tell(console, graded.size(), book, files.write(book));
        } catch (InterruptedException e) {
            console.err().println("brkmap: interrupted; what was graded is in " + out + ". Go on with --resume");
            console.err().flush();
            return 130;
        }
        return 0;
    }

    private void tell(Console console, int graded, Gradebook book, Path page) {
        long flagged = book.rows().stream()
                .filter(row -> row.entries().values().stream()
                        .anyMatch(entry ->
                                entry.result() != null && !entry.flags().isEmpty()))
                .count();
        long missing = book.rows().stream()
                .filter(row -> row.entries().values().stream().anyMatch(entry -> entry.result() == null))
                .count();
        if (json) {
            Map<String, @Nullable Object> facts = new LinkedHashMap<>();
            facts.put("schema", "brkmap/graded/1");
            facts.put("reports", graded);
            facts.put("students", book.rows().size());
            facts.put("flagged", flagged);
            facts.put("missing", missing);
            facts.put("labs", book.labs());
            facts.put("gradebook", page.toString());
            console.out().print(FactsJson.write(facts));
        } else {
            console.out()
                    .println(graded + " reports graded (an unverified claim), " + flagged + " students flagged, "
                            + missing + " with something missing");
            console.out()
                    .println("Gradebook: " + page.toAbsolutePath().normalize().toUri());
        }
        console.out().flush();
    }
}
