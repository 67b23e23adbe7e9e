package org.brkmap.lab;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.brkmap.evidence.CheckStatus;
import org.brkmap.evidence.LabDocument;
import org.brkmap.evidence.RunDocument;
import org.brkmap.report.ReportFiles;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/**
 * One lab being done: what its classes share, and its end, which prints the verdict and writes the report. Thread-safe.
 */
final class LabSession implements AutoCloseable {
    private final String lab;
    private final Path reports;
    private final Desk desk;
    private final AnswerSheet answers;
    private final LabProgress progress;
    private final long began = System.nanoTime();
    private final Workshop workshop;
    private final LabReport report;
    private final Map<String, Bench> benches = new LinkedHashMap<>();
    private final List<CheckOutcome> outcomes = new ArrayList<>();
    private boolean worksheetIsRefused;

    /**
     * @param root the root of the project
     * @param reports where the report goes
     */
    LabSession(String lab, Path root, Path reports, Desk desk) {
        this.lab = lab;
        this.reports = reports;
        this.desk = desk;
        LabDocument claim = desk.claim();
        this.answers = claim == null ? AnswerSheet.of(root, lab) : AnswerSheet.of(claim);
        this.progress = claim == null ? LabProgress.open(root, lab) : LabProgress.of(root, claim);
        this.workshop = new Workshop(root, lab, claim == null ? null : new Recordings(root, lab, claim));
        this.report = new LabReport(lab, root, Objects.requireNonNullElse(desk.checks(), root), reports);
    }

    String lab() {
        return lab;
    }

    AnswerSheet answers() {
        return answers;
    }

    LabProgress progress() {
        return progress;
    }

    boolean knowsTheAnswers() {
        return desk.knowsTheAnswers();
    }

    /** What the question of an exercise is drawn from when so many answers were given before. */
    Draw draw(String exercise, int attempt) {
        return new Draw(seed(), lab, exercise, attempt);
    }

    private long seed() {
        AnswerSheet.Answer written = answers.answer(AnswerSheet.SEED);
        if (written == null || written.values().isEmpty() || answers.problem(AnswerSheet.SEED) != null) {
            return progress.seed();
        }
        return Long.parseLong(written.values().get(0));
    }

    /** Whether an exercise is solved: in this run, or if it is not part of this run, in the last one that it was part of. */
    synchronized boolean isSolved(String exercise) {
        return outcomes.stream()
                .filter(outcome -> outcome.id().equals(exercise))
                .map(CheckOutcome::status)
                .filter(status -> !isReview() || status != CheckStatus.NOT_CHECKED)
                .findFirst()
                .or(() -> progress.status(exercise))
                .filter(CheckStatus.PASSED::equals)
                .isPresent();
    }

    /** Whether a report is judged, and nothing is run. */
    boolean isReview() {
        return desk.claim() != null;
    }

    /** Writes a text beside the report; the student reads it there. */
    String sheet(String name, String text) {
        if (isReview()) {
            return lab + "-" + name + ".txt";
        }
        Path file = reports.resolve(lab + "-" + name + ".txt").toAbsolutePath().normalize();
        try {
            ReportFiles.write(file, text);
        } catch (IOException e) {
            throw new TestAbortedException("what is asked about could not be written: " + e.getMessage(), e);
        }
        Path root = workshop.root().toAbsolutePath().normalize();
        return (file.startsWith(root) ? root.relativize(file) : file).toString();
    }

    Workshop workshop() {
        return workshop;
    }

    /** The bench of one check, by the check's unique id. */
    synchronized Bench bench(String check, @Nullable ExerciseInfo exercise) {
        return benches.computeIfAbsent(check, id -> new Bench(this, exercise));
    }

    synchronized void add(CheckOutcome outcome) {
        outcomes.add(outcome);
        if (outcome.exercise() != null) {
            progress.ended(outcome.id(), outcome.status(), outcome.earned());
        }
    }

    boolean isAbandoned() {
        return desk.abandoned().getAsBoolean();
    }

    /**
     * Refuses the worksheet for lines that no exercise speaks of, once: under Maven the failure of a class is told in a line, and one
     * of this session's end as trouble inside JUnit.
     */
    synchronized void refuseWorksheet() {
        List<AnswerSheet.Problem> problems = answers.problemsOfNoExercise();
        if (!worksheetIsRefused && !problems.isEmpty()) {
            worksheetIsRefused = true;
            AssertionError refusal = new AssertionError(problems.get(0).describe()
                    + (problems.size() == 1 ? "" : " (and " + (problems.size() - 1) + " more)"));
            refusal.setStackTrace(new StackTraceElement[0]);
            throw refusal;
        }
    }

    /**
     * Prints the verdict and writes the report.
     *
     * @throws IOException if the report cannot be written, so that the run as a whole fails; that is printed too
     * @throws IllegalStateException if not a single check could be made, or the worksheet cannot be understood: neither must
     *     look like success
     */
    @Override
    public synchronized void close() throws IOException {
        if (isAbandoned()) {
            return;
        }
        outcomes.sort(Comparator.comparingInt(CheckOutcome::groupOrder)
                .thenComparing(CheckOutcome::group)
                .thenComparingInt(CheckOutcome::order));
        if (isReview()) {
            desk.end().accept(new Desk.End(completed(), uses()));
            return;
        }
        Optional<CheckOutcome> worksheet = Worksheet.judge(lab, answers, outcomes);
        worksheet.ifPresent(wrong -> outcomes.add(0, wrong));
        LabDocument document = completed();
        PrintStream out = desk.out();
        print(document, out);
        Desk.End end = new Desk.End(document, uses());
        desk.judged().accept(end);
        try {
            out.println("Report: " + report.write(document).toUri());
            desk.end().accept(end);
        } catch (IOException e) {
            out.println(Terminal.ofThisProcess()
                    .plain("The report could not be written: "
                            + String.valueOf(e.getMessage()).replace('\n', ' ')));
            throw e;
        } finally {
            out.flush();
        }
        if (worksheet.isPresent() && !worksheetIsRefused) {
            throw new IllegalStateException(worksheet.get().failure().get(0));
        }
        failIfNothingWasChecked();
    }

    /** The document, with what an earlier run knew of the checks that were not made. */
    private LabDocument completed() {
        LabDocument now = report.document(inReadingOrder(shownRuns()), facts(), outcomes, committed());
        if (desk.kept().isEmpty()) {
            return now;
        }
        LabDocument earlier = desk.earlier();
        return Earlier.complete(now, earlier == null ? Earlier.read(report.evidence(), lab) : earlier, desk.kept());
    }

    private void print(LabDocument document, PrintStream out) {
        Standing standing = Standing.of(document);
        List<String> lines = new ArrayList<>();
        if (!standing.score().isEmpty()) {
            lines.add(standing.score());
        }
        lines.addAll(standing.step());
        ConsoleTree.Frame frame = new ConsoleTree.Frame(
                lab,
                document.title(),
                remarks(),
                lines,
                (System.nanoTime() - began) / 1e9,
                desk.detail(),
                new SourceLines(workshop.root()));
        ConsoleTree.render(frame, outcomes, Terminal.ofThisProcess()).forEach(out::println);
    }

    private Map<String, Set<String>> uses() {
        Map<String, Set<String>> uses = new LinkedHashMap<>();
        for (Bench bench : benches.values()) {
            ExerciseInfo exercise = bench.exerciseOrNull();
            if (exercise != null) {
                uses.put(exercise.id(), bench.attempt().uses());
            }
        }
        return uses;
    }

    private void failIfNothingWasChecked() {
        if (!outcomes.isEmpty() && outcomes.stream().allMatch(outcome -> outcome.status() == CheckStatus.NOT_CHECKED)) {
            String verdict = "Nothing could be checked here; the first check says why.";
            desk.out().println(verdict);
            throw new IllegalStateException(verdict);
        }
    }

    /** What is to be said of the run as a whole. */
    private List<String> remarks() {
        if (outcomes.stream().noneMatch(outcome -> outcome.exercise() != null)) {
            return List.of();
        }
        try {
            progress.save();
            return List.of();
        } catch (IOException e) {
            return List.of("your progress was not kept: " + e.getMessage());
        }
    }

    /** The runs that give no answer away: those that some check shows, and those that no check keeps back. */
    private List<RunDocument> shownRuns() {
        Set<String> secret = runsOf(CheckOutcome::isSecret);
        secret.removeAll(runsOf(outcome -> !outcome.isSecret()));
        return workshop.runs().stream()
                .filter(run -> !secret.contains(run.name()))
                .toList();
    }

    private Set<String> runsOf(Predicate<CheckOutcome> which) {
        return outcomes.stream()
                .filter(which)
                .flatMap(outcome -> outcome.runs().stream())
                .collect(Collectors.toCollection(HashSet::new));
    }

    private Map<String, @Nullable Object> facts() {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        Set<String> secret = outcomes.stream()
                .filter(CheckOutcome::isSecret)
                .map(CheckOutcome::id)
                .collect(Collectors.toSet());
        for (Bench bench : benches.values()) {
            ExerciseInfo exercise = bench.exerciseOrNull();
            boolean open = exercise == null ? bench.withheld() == null : !secret.contains(exercise.id());
            if (open) {
                facts.putAll(bench.facts());
            }
        }
        return facts;
    }

    /** What the student has answered, by key, and what the questions were drawn from. */
    private Map<String, String> committed() {
        Map<String, String> committed = new LinkedHashMap<>();
        if (outcomes.stream().anyMatch(outcome -> outcome.exercise() != null)) {
            committed.put(AnswerSheet.SEED, Long.toString(seed()));
        }
        for (Bench bench : benches.values()) {
            bench.attempt().committed().forEach((key, values) -> {
                if (!values.isEmpty()) {
                    committed.put(key, values);
                }
            });
        }
        return committed;
    }

    /** Runs in the order in which the checks, as they are reported, first speak of them. */
    private List<RunDocument> inReadingOrder(List<RunDocument> runs) {
        List<String> names = outcomes.stream()
                .flatMap(outcome -> outcome.runs().stream())
                .distinct()
                .toList();
        List<RunDocument> ordered = new ArrayList<>(runs);
        ordered.sort(Comparator.comparingInt(run -> {
            int at = names.indexOf(run.name());
            return at < 0 ? names.size() : at;
        }));
        return ordered;
    }
}
