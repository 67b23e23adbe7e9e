package org.brkmap.grade;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.brkmap.evidence.CheckResult;
import org.brkmap.evidence.CheckStatus;
import org.brkmap.evidence.EvidenceDocument;
import org.brkmap.evidence.EvidenceException;
import org.brkmap.evidence.EvidenceIsland;
import org.brkmap.evidence.ExerciseResult;
import org.brkmap.evidence.IslandText;
import org.brkmap.evidence.LabDocument;
import org.brkmap.evidence.RunDocument;
import org.brkmap.lab.LabCatalogue;
import org.brkmap.lab.LabReview;
import org.brkmap.lab.LabVersion;
import org.jsoup.Jsoup;
import org.jspecify.annotations.Nullable;

/**
 * Grades one report from what it holds: an unverified claim. The evidence is read, never the rendered numbers; each check is made
 * anew over it as far as it goes ({@link LabReview}), and the score is the sum of what came out. Thread-safe.
 */
public final class ReportGrader {
    /** The largest page that is read, in bytes. */
    public static final long MAX_BYTES = 16L << 20;

    /** The longest evidence that is read, in characters. */
    public static final int MAX_EVIDENCE = 24 << 20;

    /** Evidence longer than this is read one at a time, so that a few of them do not fill the memory. */
    private static final int LARGE = 4 << 20;

    private static final int LONGEST = 600;
    private static final int MOST_ANSWERS = 20;
    private static final Pattern GENERATED = Pattern.compile("brkmap (\\S{1,60}), (\\S{1,40}) ([0-9a-f]{12})");

    private final Path root;
    private final Map<String, LabReview> reviews = new HashMap<>();
    private final Map<String, String> versions = new HashMap<>();
    private final String harness;
    private final @Nullable String onlyLab;
    private final Set<AddressBases> samples;
    private final Semaphore large = new Semaphore(1);
    /** One that did not fit into the memory beside others has it to itself. */
    private final ReadWriteLock memory = new ReentrantReadWriteLock();

    private ReportGrader(Path root, String harness, @Nullable String onlyLab, Set<AddressBases> samples) {
        this.root = root;
        this.harness = harness;
        this.onlyLab = onlyLab;
        this.samples = Set.copyOf(samples);
    }

    /**
     * A grader of the labs in a project.
     *
     * @param onlyLab what all reports should be of; null to take each for what it says it is
     * @param samples of runs that everybody was given
     * @throws IOException if there is no such lab
     */
    public static ReportGrader of(Path root, @Nullable String onlyLab, Set<AddressBases> samples) throws IOException {
        ReportGrader grader = new ReportGrader(root, LabVersion.ofHarness(), onlyLab, samples);
        if (onlyLab != null) {
            grader.version(onlyLab);
        }
        return grader;
    }

    /** The version of this harness. */
    String harness() {
        return harness;
    }

    /** The bases of the runs in a report that everybody was given; none if it cannot be read. */
    static List<AddressBases> samples(Path file) {
        try {
            return Files.size(file) <= MAX_BYTES
                            && EvidenceIsland.read(text(Files.readAllBytes(file))) instanceof LabDocument lab
                    ? Bases.of(lab)
                    : List.of();
        } catch (IOException none) {
            return List.of();
        }
    }

    /** Grades what stands in the file, whatever it is; what is wrong with it is a flag. */
    public Result grade(String student, Submission submission, byte[] bytes) throws InterruptedException {
        try {
            return locked(memory.readLock(), student, submission, bytes);
        } catch (OutOfMemoryError first) {
            try {
                return locked(memory.writeLock(), student, submission, bytes);
            } catch (OutOfMemoryError again) {
                Draft draft = new Draft();
                draft.flag(FlagKind.TOO_LARGE, "judging it takes more memory than there is");
                return draft.result(student, submission);
            }
        }
    }

    private Result locked(Lock lock, String student, Submission submission, byte[] bytes) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            return judged(student, submission, bytes);
        } finally {
            lock.unlock();
        }
    }

    private Result judged(String student, Submission submission, byte[] bytes) throws InterruptedException {
        Draft draft = new Draft();
        try {
            IslandText island = EvidenceIsland.text(Jsoup.parse(text(bytes)));
            if (island.json().length() > MAX_EVIDENCE) {
                draft.flag(
                        FlagKind.TOO_LARGE,
                        "its evidence has " + island.json().length() + " characters; at most " + MAX_EVIDENCE
                                + " are read");
                return draft.result(student, submission);
            }
            boolean isLarge = island.json().length() > LARGE;
            if (isLarge) {
                large.acquire();
            }
            try {
                read(island, draft);
            } finally {
                if (isLarge) {
                    large.release();
                }
            }
        } catch (EvidenceException e) {
            draft.flag(FlagKind.UNREADABLE, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            draft.flag(FlagKind.NOT_GRADED, String.valueOf(e.getMessage()));
        } catch (RuntimeException | StackOverflowError e) {
            draft.checks.clear();
            draft.flag(FlagKind.NOT_GRADED, "judging it failed: " + e);
        }
        return draft.result(student, submission);
    }

    private static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .onUnmappableCharacter(CodingErrorAction.REPLACE)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (java.nio.charset.CharacterCodingException e) {
            throw new IllegalStateException("a decoder that replaces refused", e);
        }
    }

    private void read(IslandText island, Draft draft) throws IOException {
        if (island.isDamaged()) {
            draft.flag(FlagKind.DAMAGED, "the SHA-256 of its evidence is not the one that stands in the page");
        }
        EvidenceDocument document = island.document();
        if (!(document instanceof LabDocument report)) {
            draft.flag(FlagKind.WRONG_LAB, "it is the report of a single run, and not of a lab");
            return;
        }
        if (onlyLab != null && !report.lab().equals(onlyLab)) {
            draft.flag(FlagKind.WRONG_LAB, "it is a report of \"" + report.lab() + "\", and not of " + onlyLab);
            return;
        }
        LabReview review;
        try {
            draft.lab = report.lab();
            draft.labVersion = version(report.lab());
            review = review(report.lab());
        } catch (IOException e) {
            draft.flag(FlagKind.WRONG_LAB, "it is a report of \"" + report.lab() + "\", which is no lab here");
            draft.lab = onlyLab == null ? Result.NO_LAB : onlyLab;
            draft.labVersion = "";
            return;
        }
        boolean sameChecks = sameVersion(report, draft);
        for (RunDocument run : report.runs()) {
            RunAudit.problems(run).forEach(problem -> draft.flag(FlagKind.EDITED, problem));
        }
        Bases.of(report).stream().filter(bases -> !samples.contains(bases)).forEach(draft.bases::add);
        judge(report, review.review(report), sameChecks, draft);
    }

    private boolean sameVersion(LabDocument report, Draft draft) {
        Matcher made = GENERATED.matcher(report.generatedBy());
        if (!made.matches()) {
            draft.notes.add("the report does not say which version of the lab it was made with");
            return true;
        }
        boolean same = made.group(3).equals(draft.labVersion);
        if (!same) {
            draft.flag(
                    FlagKind.WRONG_VERSION,
                    "it was made with version " + made.group(3) + " of " + report.lab() + ", and here is "
                            + draft.labVersion + "; what cannot be judged anew is taken as claimed");
        } else if (!made.group(1).equals(harness)) {
            draft.notes.add("it was made with brkmap " + made.group(1) + ", and graded with " + harness);
        }
        return same;
    }

    /** Puts what was claimed beside what came out. A check earns the less of the two. */
    private static void judge(LabDocument report, LabDocument anew, boolean sameChecks, Draft draft) {
        Map<String, CheckResult> claims = new LinkedHashMap<>();
        Set<String> doubled = new HashSet<>();
        for (CheckResult claim : report.checks()) {
            if (claims.putIfAbsent(claim.id(), claim) != null && doubled.add(claim.id())) {
                draft.flag(FlagKind.EDITED, "the check \"" + claim.id() + "\" stands in it twice");
            }
        }
        for (CheckResult found : anew.checks()) {
            CheckResult claim = claims.remove(found.id());
            draft.checks.add(checked(claim, found, sameChecks, Shape.of(found, anew), draft));
        }
        claims.remove("worksheet");
        if (!claims.isEmpty() && sameChecks) {
            draft.flag(FlagKind.EDITED, "the lab has no check \"" + String.join("\", \"", claims.keySet()) + "\"");
        }
        facts(report, anew, draft);
    }

    private static GradedCheck checked(
            @Nullable CheckResult claim, CheckResult found, boolean sameChecks, @Nullable String shape, Draft draft) {
        boolean judged = found.status() != CheckStatus.NOT_CHECKED
                && (sameChecks || claim == null || found.status() == claim.status());
        if (claim == null) {
            boolean earns = judged && found.status() != CheckStatus.PASSED;
            return graded(
                    found,
                    earns ? found.earned() : 0,
                    earns ? found.status() : CheckStatus.NOT_CHECKED,
                    judged,
                    found,
                    shape);
        }
        if (claim.points() != found.points() && sameChecks) {
            draft.flag(
                    FlagKind.EDITED,
                    "\"" + found.id() + "\" can earn " + found.points() + " points, and not " + claim.points());
        }
        if (!judged) {
            // A claim is no more than what an answer at the first try would earn.
            int earned = claim.status() == CheckStatus.SKIPPED ? 0 : Math.min(claim.earned(), found.points());
            return graded(found, earned, claim.status(), false, claim, shape);
        }
        boolean same = claim.status() == found.status() && claim.earned() == found.earned();
        if (!same) {
            draft.differences.add(new Difference(found.id(), told(claim), told(found)));
        }
        if (found.earned() < claim.earned()) {
            draft.flag(
                    FlagKind.EDITED,
                    "\"" + found.id() + "\": it says " + told(claim) + ", and its evidence makes " + told(found)
                            + reason(found));
        }
        boolean claimIsLess = claim.earned() < found.earned();
        return claimIsLess
                ? graded(found, claim.earned(), claim.status(), true, claim, shape)
                : graded(found, found.earned(), found.status(), true, found, shape);
    }

    private static String reason(CheckResult found) {
        String actual = found.actual();
        return actual == null ? "" : " (" + shortened(actual.lines().findFirst().orElse("")) + ")";
    }

    private static String told(CheckResult check) {
        return check.status().title() + ", " + check.earned() + " of " + check.points();
    }

    private static GradedCheck graded(
            CheckResult lab,
            int earned,
            CheckStatus status,
            boolean recomputed,
            CheckResult said,
            @Nullable String shape) {
        ExerciseResult exercise = lab.exercise();
        ExerciseResult answered = said.exercise();
        return new GradedCheck(
                lab.id(),
                lab.title(),
                exercise == null ? null : exercise.kind(),
                exercise != null && exercise.extra(),
                false,
                lab.points(),
                earned,
                status,
                recomputed ? Basis.RECOMPUTED : Basis.CLAIM,
                shortenedOrNull(said.expected()),
                shortenedOrNull(said.actual()),
                answered == null
                        ? List.of()
                        : answered.answers().stream()
                                .limit(MOST_ANSWERS)
                                .map(ReportGrader::shortened)
                                .toList(),
                shape);
    }

    private static void facts(LabDocument report, LabDocument anew, Draft draft) {
        anew.facts().forEach((name, found) -> {
            Object claimed = report.facts().get(name);
            if (claimed != null && !claimed.equals(found)) {
                draft.flag(FlagKind.EDITED, "the fact " + name + " is " + found + " by the runs, and not " + claimed);
                draft.differences.add(
                        new Difference("fact " + name, shortened(claimed.toString()), String.valueOf(found)));
            }
        });
    }

    private static @Nullable String shortenedOrNull(@Nullable String text) {
        return text == null ? null : shortened(text);
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }

    private synchronized LabReview review(String lab) throws IOException {
        LabReview known = reviews.get(lab);
        if (known == null) {
            known = LabReview.of(root, lab);
            reviews.put(lab, known);
        }
        return known;
    }

    private synchronized String version(String lab) throws IOException {
        String known = versions.get(lab);
        if (known == null) {
            if (!lab.matches("[a-z][a-z0-9-]{0,40}")) {
                throw new IOException("no lab has such a name");
            }
            known = LabVersion.of(root, lab);
            versions.put(lab, known);
        }
        return known;
    }

    /** The version that stands in the name of a result, before it is known what lab a report is of. */
    String versionOfAll() throws IOException {
        if (onlyLab != null) {
            return version(onlyLab);
        }
        StringBuilder all = new StringBuilder();
        for (String lab : LabCatalogue.ids(root)) {
            all.append(version(lab));
        }
        return all.toString();
    }

    /** What is known of a report so far. */
    private final class Draft {
        private static final int MOST_FLAGS = 20;
        private String lab = onlyLab == null ? Result.NO_LAB : onlyLab;
        private String labVersion = "";
        private final List<GradedCheck> checks = new ArrayList<>();
        private final List<Flag> flags = new ArrayList<>();
        private final List<Difference> differences = new ArrayList<>();
        private final List<AddressBases> bases = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();

        void flag(FlagKind kind, String reason) {
            if (flags.size() < MOST_FLAGS) {
                flags.add(Flag.of(kind, shortened(reason)));
            }
        }

        Result result(String student, Submission submission) {
            return new Result(
                    student,
                    submission,
                    lab,
                    labVersion,
                    harness,
                    Grading.CLAIM,
                    checks,
                    flags,
                    null,
                    differences,
                    bases,
                    notes,
                    null);
        }
    }
}
