package org.brkmap.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.brkmap.evidence.FactsJson;
import org.brkmap.grade.Course;
import org.brkmap.grade.GradebookFiles;
import org.brkmap.grade.Result;
import org.brkmap.grade.ResultFiles;
import org.brkmap.grade.Roster;
import org.brkmap.grade.SigningKey;
import org.brkmap.grade.SubmissionTimes;
import org.brkmap.rerun.Rerun;
import org.brkmap.rerun.RerunOptions;
import org.brkmap.sandbox.Bounds;
import org.brkmap.sandbox.ControlGroup;
import org.brkmap.sandbox.Probing;
import org.brkmap.sandbox.Tier;
import org.brkmap.sandbox.User;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code brkmap grade rerun}: builds and runs every submission again, in a sandbox. */
@Command(
        name = "rerun",
        mixinStandardHelpOptions = true,
        description = {
            "Builds and runs every submission again, in a sandbox, leaves a result for each, and makes the gradebook of them.",
            "",
            "Each file or folder in DIR is a submission: a report, a zip archive, a source, or a folder of them. Only files that"
                    + " students write are taken over, and the answers; never a Makefile. The lab's checks are yours, and those"
                    + " that course.properties names as hidden. What differs from the report that was handed in is shown."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:every submission has a result",
            "1:it could not be done; standard error says why",
            "2:the command was not understood",
            "130:ended by Ctrl-C; what was graded until then is kept"
        },
        footerHeading = "%nTry:%n",
        footer = {
            "  ./brkmap grade rerun submissions --roster roster.csv --out graded --jobs 2",
            "  ./brkmap grade rerun submissions --roster roster.csv --out graded --shard 3/8"
        })
final class GradeRerunCommand implements Callable<Integer> {
    private static final int MOST_REPEATS = 100;
    private static final Pattern SHARD = Pattern.compile("(\\d{1,5})/(\\d{1,5})");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private LabProject project;

    @Parameters(paramLabel = "DIR", description = "The folder of submissions.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path submissions;

    @Option(names = "--roster", paramLabel = "CSV", required = true, description = "The class list.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path roster;

    @Option(names = "--course", paramLabel = "FILE", description = "The rules of the course, course.properties.")
    private @Nullable Path course;

    @Option(
            names = "--submitted",
            paramLabel = "FILE",
            description =
                    "When students handed in: a CSV table with a column as in the roster, and one called submitted.")
    private @Nullable Path submitted;

    @Option(names = "--out", paramLabel = "OUT", required = true, description = "Where results and reports go.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path out;

    @Option(names = "--lab", description = "The lab that is graded (default: each submission tells).")
    private @Nullable String lab;

    @Option(names = "--jobs", paramLabel = "N", description = "So many at once (default: one a processor).")
    private int jobs = Runtime.getRuntime().availableProcessors();

    @Option(names = "--shard", paramLabel = "I/N", description = "Only every Nth submission, from the Ith on.")
    private String shard = "1/1";

    @Option(names = "--resume", description = "Go on where an earlier run was ended; what has a result is left.")
    private boolean resume;

    @Option(
            names = "--tier",
            description = "The sandbox: A, B, or C, which is none and must be asked for (default: the best there is).")
    private @Nullable Tier tier;

    @Option(names = "--limit", paramLabel = "MINUTES", description = "The most for one submission (default: 10).")
    private int limit = 10;

    @Option(
            names = "--repeat",
            paramLabel = "N",
            description = "Run each submission N times; one that does not come out alike is named as flaky, with what"
                    + " differed, and the run with the middle score counts (default: 1).")
    private int repeat = 1;

    @Option(
            names = "--sign",
            paramLabel = "KEY",
            description = "Sign the results with a key that grade keygen made; grade verify checks them.")
    private @Nullable Path sign;

    @Option(names = "--json", description = "Print the outcome as JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Matcher part = SHARD.matcher(shard);
        if (!part.matches()
                || Integer.parseInt(part.group(1)) < 1
                || Integer.parseInt(part.group(1)) > Integer.parseInt(part.group(2))) {
            throw misuse("--shard " + shard + " should be I/N, such as 3/8: the third of eight parts");
        }
        if (jobs < 1 || limit < 1) {
            throw misuse("--jobs and --limit are whole numbers from 1 on");
        }
        if (repeat < 1 || repeat > MOST_REPEATS) {
            throw misuse("--repeat is a number from 1 to " + MOST_REPEATS);
        }
        if (!Files.isDirectory(submissions)) {
            throw misuse(submissions + " is no folder; name the one that holds the submissions");
        }
        if (lab != null) {
            project.lab(lab);
        }
        SigningKey key = sign == null ? null : SigningKey.read(sign);
        int shards = Integer.parseInt(part.group(2));
        if (!resume && shards == 1 && hasResults()) {
            throw new IOException(
                    out + " holds results already. To go on with them: --resume; to begin anew, name another");
        }
        Tier chosen = chooseTier();
        PrintWriter err = spec.commandLine().getErr();
        err.println("sandbox: tier " + chosen + ", " + chosen.title());
        err.println("bounds of a submission: " + bounds());
        err.flush();
        Roster students = Roster.read(roster);
        Course rules = course == null ? Course.NONE : Course.read(course);
        Path times = submitted;
        GradebookFiles files = GradebookFiles.in(out);
        Files.createDirectories(out);
        files.keep(roster, course);
        RerunOptions options = new RerunOptions(
                project.root(),
                submissions.toAbsolutePath().normalize(),
                students,
                rules,
                folderOf(course),
                out.toAbsolutePath().normalize(),
                lab,
                chosen,
                jobs,
                Integer.parseInt(part.group(1)) - 1,
                shards,
                Duration.ofMinutes(limit),
                repeat,
                times == null ? Map.of() : SubmissionTimes.read(times, students),
                key);
        Path page = null;
        try (Interruption interruption = Interruption.ofThisThread()) {
            new Rerun(options).run(new Lines(err));
            interruption.end();
            if (shards == 1) {
                page = files.write(files.fold());
            }
        }
        tell(chosen, page, key == null ? null : key.verifying().id());
        return 0;
    }

    private void tell(Tier chosen, @Nullable Path page, @Nullable String signedBy) throws IOException {
        PrintWriter to = spec.commandLine().getOut();
        String results = out.resolve("results").toString();
        if (json) {
            Map<String, @Nullable Object> facts = new LinkedHashMap<>();
            facts.put("schema", "brkmap/rerun/1");
            facts.put("tier", chosen.name());
            facts.put("shard", shard);
            facts.put("repeat", repeat);
            facts.put("signedBy", signedBy);
            facts.put("results", results);
            facts.put("gradebook", page == null ? null : page.toString());
            facts.put("inAll", ResultFiles.in(out).readAll().size());
            to.print(FactsJson.write(facts));
        } else {
            to.println("Results: " + results);
            to.println(
                    page == null
                            ? "When all parts are done: ./brkmap grade merge " + out
                            : "Gradebook: " + page.toAbsolutePath().normalize().toUri());
        }
        to.flush();
    }

    private boolean hasResults() throws IOException {
        return !ResultFiles.in(out).readAll().isEmpty();
    }

    private static Path folderOf(@Nullable Path file) {
        Path folder = file == null ? null : file.toAbsolutePath().getParent();
        return folder == null ? Path.of("").toAbsolutePath() : folder;
    }

    private Tier chooseTier() throws IOException, InterruptedException {
        Map<Tier, Probing.Outcome> outcomes = Probing.tryAll(User.forSlot(0));
        Tier asked = tier;
        if (asked != null) {
            Probing.Outcome outcome = outcomes.get(asked);
            if (outcome == null || !outcome.works()) {
                throw new IOException(
                        "tier " + asked + " is not to be had here: " + (outcome == null ? "unknown" : outcome.why()));
            }
            return asked;
        }
        for (Tier best : new Tier[] {Tier.A, Tier.B}) {
            Probing.Outcome outcome = outcomes.get(best);
            if (outcome != null && outcome.works()) {
                return best;
            }
        }
        StringBuilder why = new StringBuilder("there is no sandbox here, and a class is not run without.");
        outcomes.forEach((one, outcome) -> {
            if (!outcome.works()) {
                why.append(" Tier ")
                        .append(one)
                        .append(": ")
                        .append(outcome.why())
                        .append('.');
            }
        });
        throw new IOException(why + " Install bubblewrap, or use a kernel with Landlock; in a machine that may be lost,"
                + " --tier C runs them unsandboxed");
    }

    /** What control groups bound here, tried out. */
    private static String bounds() throws IOException {
        int slot = 0;
        try (ControlGroup group = ControlGroup.make(slot, User.forSlot(slot), Bounds.DEFAULT)) {
            return group.describe();
        } catch (IOException e) {
            return "none on what its programs hold together; " + e.getMessage();
        }
    }

    private ParameterException misuse(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /** A line for each submission, with the time that is left at this pace. */
    private static final class Lines implements Rerun.Listener {
        private final PrintWriter err;
        private final long began = System.nanoTime();
        private int fresh;

        Lines(PrintWriter err) {
            this.err = err;
        }

        @Override
        public void graded(int done, int all, Result result, boolean isFresh) {
            fresh += isFresh ? 1 : 0;
            double each = (System.nanoTime() - began) / 1e9 / Math.max(1, fresh);
            long left = Math.round(each * (all - done));
            String flags = result.flags().isEmpty()
                    ? ""
                    : "  "
                            + String.join(
                                    ", ",
                                    result.flags().stream()
                                            .map(flag -> flag.kind().title())
                                            .distinct()
                                            .toList());
            err.println(String.format(
                    Locale.ROOT,
                    "%d/%d  %s  %s  %d of %d%s%s%s",
                    done,
                    all,
                    result.student().replaceAll("[^\\x20-\\x7e]", "?"),
                    result.lab(),
                    result.score().earned(),
                    result.score().max(),
                    flags,
                    isFresh ? "" : "  (kept)",
                    done < all && fresh > 0 ? "  " + time(left) + " left" : ""));
            err.flush();
        }

        private static String time(long seconds) {
            return seconds < 120 ? seconds + " s" : (seconds + 59) / 60 + " min";
        }
    }
}
