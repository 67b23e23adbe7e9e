package org.brkmap.grade;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.brkmap.evidence.EvidenceDocument;
import org.brkmap.evidence.EvidenceException;
import org.brkmap.evidence.EvidenceIsland;
import org.brkmap.evidence.IslandText;
import org.brkmap.evidence.LabDocument;
import org.brkmap.evidence.RunDocument;
import org.brkmap.lab.LabCatalogue;
import org.brkmap.lab.LabReview;
import org.brkmap.lab.LabVersion;
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

    private static final Pattern GENERATED = Pattern.compile("brkmap (\\S{1,60}), (\\S{1,40}) ([0-9a-f]{12})");

    private final Path root;
    private final Map<String, LabReview> reviews = new HashMap<>();
    private final Map<String, String> versions = new HashMap<>();
    private @Nullable String versionOfAll;
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
                ReportDraft draft = draft();
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
        ReportDraft draft = draft();
        try {
            IslandText island = EvidenceIsland.text(text(bytes));
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
            draft.drop();
            draft.flag(FlagKind.NOT_GRADED, "judging it failed: " + e);
        }
        return draft.result(student, submission);
    }

    private ReportDraft draft() {
        return new ReportDraft(onlyLab == null ? Result.NO_LAB : onlyLab, harness);
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

    private void read(IslandText island, ReportDraft draft) throws IOException {
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
            draft.lab(report.lab(), version(report.lab()));
            review = review(report.lab());
        } catch (IOException e) {
            draft.flag(FlagKind.WRONG_LAB, "it is a report of \"" + report.lab() + "\", which is no lab here");
            draft.lab(onlyLab == null ? Result.NO_LAB : onlyLab, "");
            return;
        }
        boolean sameChecks = sameVersion(report, draft);
        for (RunDocument run : report.runs()) {
            RunAudit.problems(run).forEach(problem -> draft.flag(FlagKind.EDITED, problem));
        }
        Bases.of(report).stream().filter(bases -> !samples.contains(bases)).forEach(draft::bases);
        Claims.judge(report, review.review(report), sameChecks, draft);
    }

    private boolean sameVersion(LabDocument report, ReportDraft draft) {
        Matcher made = GENERATED.matcher(report.generatedBy());
        if (!made.matches()) {
            draft.note("the report does not say which version of the lab it was made with");
            return true;
        }
        boolean same = made.group(3).equals(draft.labVersion());
        if (!same) {
            draft.flag(
                    FlagKind.WRONG_VERSION,
                    "it was made with version " + made.group(3) + " of " + report.lab() + ", and here is "
                            + draft.labVersion() + "; what cannot be judged anew is taken as claimed");
        } else if (!made.group(1).equals(harness)) {
            draft.note("it was made with brkmap " + made.group(1) + ", and graded with " + harness);
        }
        return same;
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
    synchronized String versionOfAll() throws IOException {
        String known = versionOfAll;
        if (known == null) {
            StringBuilder all = new StringBuilder();
            for (String lab : onlyLab == null ? LabCatalogue.ids(root) : List.of(onlyLab)) {
                all.append(version(lab));
            }
            known = all.toString();
            versionOfAll = known;
        }
        return known;
    }
}
