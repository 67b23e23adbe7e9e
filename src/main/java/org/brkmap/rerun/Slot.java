package org.brkmap.rerun;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.brkmap.evidence.EvidenceDocument;
import org.brkmap.evidence.EvidenceException;
import org.brkmap.evidence.EvidenceJson;
import org.brkmap.evidence.LabDocument;
import org.brkmap.grade.Flag;
import org.brkmap.grade.FlagKind;
import org.brkmap.grade.Repeats;
import org.brkmap.grade.Result;
import org.brkmap.grade.ResultFiles;
import org.brkmap.grade.RunTimes;
import org.brkmap.grade.SigningKey;
import org.brkmap.grade.Student;
import org.brkmap.grade.Submission;
import org.brkmap.grade.VerifyingKey.Proof;
import org.brkmap.lab.AnswerSheet;
import org.brkmap.lab.LabCatalogue;
import org.brkmap.lab.LabVersion;
import org.brkmap.report.ReportFiles;
import org.brkmap.sandbox.User;
import org.jspecify.annotations.Nullable;

/** One worker and its folder; grades one submission after the other. For one thread. */
final class Slot implements AutoCloseable {
    private static final int MOST_REPORT_BYTES = 256 << 20;
    private static final int SEEDS = 1_000_000;

    /** Ids of the checks that students have, by lab; versions of the labs. */
    private final Map<String, Set<String>> open = new HashMap<>();

    private final Map<String, String> versions = new HashMap<>();
    private final RerunOptions options;
    private final Stage stage;
    private final Sorting sorting;
    private final Path folder;
    private final User user;
    private final String harness;
    private final ResultFiles results;
    private final Containment containment;
    private @Nullable WorkerProcess worker;
    /** How long the lab itself has run for the submission at hand. */
    private Duration labTime = Duration.ZERO;

    private boolean workerSharesSegments;

    Slot(RerunOptions options, Stage stage, List<String> labs, int number) throws IOException {
        this.options = options;
        this.stage = stage;
        this.sorting = new Sorting(stage.project(), labs);
        this.folder = stage.slot(number);
        this.user = User.forSlot(options.shard() * 100 + number);
        this.harness = LabVersion.ofHarness();
        this.results = ResultFiles.in(options.out());
        this.containment = new Containment(number, user);
    }

    void grade(Path path, Rerun.Tally tally) throws IOException, InterruptedException {
        labTime = Duration.ZERO;
        Parcel parcel = Parcel.open(path);
        String name = options.submissions().relativize(path).toString();
        Optional<Student> owner = options.roster().owner(name);
        String student = owner.map(Student::id).orElse(name);
        Submission submission =
                new Submission(name, parcel.sha256(), options.submitted().get(student));
        HandedIn handed = sorting.sort(parcel, options.lab());
        List<Flag> flags = new ArrayList<>(handed.flags());
        if (owner.isEmpty()) {
            flags.add(Flag.of(FlagKind.UNKNOWN_STUDENT, "no name in it stands on the roster: " + Parcel.shown(name)));
        }
        // Who brings no seed gets one that a second run gives, too.
        Map<String, String> progress = new HashMap<>(handed.progress());
        progress.putIfAbsent(
                AnswerSheet.SEED,
                String.valueOf(1 + Integer.parseInt(submission.sha256().substring(0, 6), 16) % SEEDS));
        handed = new HandedIn(handed.lab(), handed.files(), handed.report(), progress, flags);
        String lab = handed.lab() == null ? "" : handed.lab();
        String version = lab.isEmpty() ? "" : version(lab);
        Verdict verdict = new Verdict(
                student,
                submission,
                lab,
                version,
                harness,
                options.tier(),
                containment.group() != null,
                open(lab),
                folder.resolve("job"));
        Path file = results.file(student, submission, lab, version, harness, Verdict.grading(options.tier()));
        Optional<Result> done = results.done(file).filter(this::isEnough);
        if (done.isPresent()) {
            tally.add(done.get(), false);
            return;
        }
        Result result = lab.isEmpty()
                ? verdict.without(
                        and(flags, FlagKind.NOT_GRADED, "it does not say which lab it is of; name it by --lab"))
                : repeated(lab, handed, verdict, file);
        SigningKey key = options.key();
        Result signed = key == null ? result : key.sign(result);
        RunTimes.in(options.out()).write(results.write(signed), labTime);
        tally.add(signed, true);
    }

    /** What is asked for now: as many runs at least, and this signature, which is not given to what lay in a folder. */
    private boolean isEnough(Result done) {
        Repeats repeats = done.repeats();
        SigningKey key = options.key();
        boolean judged = !done.checks().isEmpty();
        return (options.repeat() == 1 || !judged || (repeats != null && repeats.runs() >= options.repeat()))
                && (key == null || key.verifying().check(done) == Proof.VALID);
    }

    /** One run of a submission: its result, and the page it made, if it got that far. */
    private record Run(Result result, @Nullable String page) {}

    private Result repeated(String lab, HandedIn handed, Verdict verdict, Path file)
            throws IOException, InterruptedException {
        List<Run> runs = new ArrayList<>();
        for (int i = 0; i < options.repeat(); i++) {
            runs.add(runWhatever(lab, handed, verdict));
        }
        List<Result> all = runs.stream().map(Run::result).toList();
        Run counts = runs.get(Repeats.counting(all));
        String base = String.valueOf(file.getFileName()).replaceAll("\\.json$", "");
        keep(counts, base);
        for (int i = 0; i < runs.size(); i++) {
            if (!Repeats.sameVerdict(counts.result(), runs.get(i).result())) {
                keep(runs.get(i), base + ".run" + (i + 1));
            }
        }
        return Repeats.settle(all);
    }

    private void keep(Run run, String name) throws IOException {
        if (run.page() != null) {
            ReportFiles.write(options.out().resolve("reports").resolve(name + ".html"), run.page());
        }
    }

    /** A fault of ours that one submission brings to light must not cost the others their results. */
    private Run runWhatever(String lab, HandedIn handed, Verdict verdict) throws IOException, InterruptedException {
        try {
            return run(lab, handed, verdict);
        } catch (EvidenceException | RuntimeException e) {
            endWorker();
            return failed(verdict, handed, "brkmap failed on it; please report this: " + e);
        }
    }

    private Run run(String lab, HandedIn handed, Verdict verdict) throws IOException, InterruptedException {
        if (handed.files().isEmpty()) {
            return failed(verdict, handed, "there is no file in it that students of " + lab + " write");
        }
        Path job = folder.resolve("job");
        JobFolder.make(job, stage.project(), lab, handed);
        user.own(job);
        containment.begin();
        WorkerProcess running = worker(lab);
        long began = System.nanoTime();
        String answer = running.run(lab, options.limit(), () -> Containment.isTooMuch(job));
        labTime = labTime.plusNanos(System.nanoTime() - began);
        List<Flag> flags = new ArrayList<>(handed.flags());
        flags.addAll(containment.end(running.wasStopped()));
        handed = new HandedIn(handed.lab(), handed.files(), handed.report(), handed.progress(), flags);
        Path reports = job.resolve("target/reports");
        String json = answer == null ? null : read(reports.resolve(lab + ".json"));
        if (json == null) {
            endWorker();
            JobFolder.delete(job);
            String why = answer == null
                    ? running.wasStopped()
                            ? "its files filled the disk"
                            : "it took more than " + options.limit().toMinutes()
                                    + " minutes, or ended the worker that ran it"
                    : answer.substring(Math.min(answer.length(), RerunWorker.FAILED.length()));
            return failed(verdict, handed, why);
        }
        EvidenceDocument document;
        try {
            document = EvidenceJson.read(json);
        } catch (EvidenceException e) {
            return failed(verdict, handed, "the re-run left a report that cannot be read: " + e.getMessage());
        }
        if (!(document instanceof LabDocument found)) {
            return failed(verdict, handed, "the re-run left no report of a lab");
        }
        String page = read(reports.resolve(lab + ".html"));
        JobFolder.delete(job);
        return new Run(verdict.of(found, handed), page);
    }

    private static Run failed(Verdict verdict, HandedIn handed, String why) {
        return new Run(verdict.without(and(handed.flags(), FlagKind.NOT_GRADED, why)), null);
    }

    private static List<Flag> and(List<Flag> flags, FlagKind kind, String reason) {
        List<Flag> all = new ArrayList<>(flags);
        all.add(Flag.of(kind, reason));
        return all;
    }

    private WorkerProcess worker(String lab) throws IOException, InterruptedException {
        boolean segments = looksAtSegments(lab);
        WorkerProcess known = worker;
        if (known != null && known.isAlive() && segments == workerSharesSegments) {
            return known;
        }
        endWorker();
        WorkerProcess fresh = WorkerProcess.start(stage, folder, user, options.tier(), segments, containment.group());
        worker = fresh;
        workerSharesSegments = segments;
        return fresh;
    }

    /** Whether a lab's checks ask the kernel which segments are left; that needs one IPC namespace for both. */
    private boolean looksAtSegments(String lab) throws IOException {
        try (Stream<Path> files = Files.list(stage.project().resolve("labs").resolve(lab))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                if (Files.readString(file).contains("/proc/sysvipc")) {
                    return true;
                }
            }
        }
        return false;
    }

    private String version(String lab) throws IOException {
        String known = versions.get(lab);
        if (known == null) {
            known = LabVersion.of(stage.project(), lab);
            versions.put(lab, known);
        }
        return known;
    }

    private Set<String> open(String lab) throws IOException {
        if (lab.isEmpty()) {
            return Set.of();
        }
        Set<String> known = open.get(lab);
        if (known == null) {
            known = new HashSet<>();
            for (var exercise : LabCatalogue.lab(options.root(), lab).exercises()) {
                known.add(exercise.id());
            }
            open.put(lab, known);
        }
        return known;
    }

    /** A text that the worker wrote; null if there is none, it is a link, or larger than any report. */
    private static @Nullable String read(Path file) {
        try (SeekableByteChannel channel =
                Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            if (channel.size() > MOST_REPORT_BYTES) {
                return null;
            }
            ByteBuffer bytes = ByteBuffer.allocate((int) channel.size());
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                Thread.onSpinWait();
            }
            return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return null;
        }
    }

    private void endWorker() {
        WorkerProcess known = worker;
        worker = null;
        if (known != null) {
            known.close();
        }
    }

    @Override
    public void close() throws IOException {
        endWorker();
        containment.close();
    }
}
