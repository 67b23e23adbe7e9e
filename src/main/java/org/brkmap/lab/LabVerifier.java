package org.brkmap.lab;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.brkmap.evidence.CheckResult;
import org.brkmap.evidence.CheckStatus;
import org.brkmap.evidence.ExerciseKind;
import org.brkmap.evidence.LabDocument;
import org.brkmap.report.HtmlReport;

/**
 * Proves a lab to its author: the starter earns the observation points alone, the reference solution earns all, and each
 * known cheat earns nothing for what it fakes. Works on copies. One verification at a time.
 *
 * <p>{@link LabProofs} says where solutions and cheats lie; their files replace those of labs/LAB. In their answers the word
 * {@value Judge#MEASURED}
 * stands for what is measured on this machine. A cheat's file {@code fakes.txt} names, a line each, the exercises that must
 * earn nothing.
 */
public final class LabVerifier {
    private static final String FAKES = "fakes.txt";
    /** A report is kept, sent and opened on a phone. */
    private static final int LARGEST_REPORT = 300_000;

    private final Path root;
    private final String lab;
    private final BooleanSupplier abandoned;

    private LabVerifier(Path root, String lab, BooleanSupplier abandoned) {
        this.root = root;
        this.lab = lab;
        this.abandoned = abandoned;
    }

    /**
     * What one copy of the lab came to.
     *
     * @param name {@code starter}, {@code solution}, or {@code cheat NAME}
     * @param earned points; a cheat's are those of the exercises that it fakes
     * @param wrong what should be otherwise; empty if all is well
     */
    public record Finding(String name, int earned, List<String> wrong) {
        public Finding {
            wrong = List.copyOf(wrong);
        }

        public boolean isWell() {
            return wrong.isEmpty();
        }
    }

    /**
     * Verifies a lab of the project of this root.
     *
     * @param each is told every finding as soon as it is there
     * @param abandoned whether nobody waits for it any more; interrupt the thread then, too
     * @return all findings, in order
     * @throws IOException if there is no such lab, or it cannot be copied or run
     * @throws InterruptedException if it was abandoned; no copy is left
     */
    public static List<Finding> verify(Path root, String lab, Consumer<Finding> each, BooleanSupplier abandoned)
            throws IOException, InterruptedException {
        return new LabVerifier(root, lab, abandoned).verify(each);
    }

    private List<Finding> verify(Consumer<Finding> each) throws IOException, InterruptedException {
        List<Finding> findings = new ArrayList<>();
        tell(findings, each, starter());
        Optional<Path> solution = LabProofs.solution(root, lab);
        tell(
                findings,
                each,
                solution.isPresent()
                        ? solution(solution.get())
                        : new Finding(
                                "solution",
                                0,
                                List.of("there is no folder labs/" + lab
                                        + "/solution, nor src/test/resources/solutions/" + lab)));
        LabInfo info = LabCatalogue.lab(root, lab);
        for (Path cheat : LabProofs.cheats(root, lab)) {
            tell(findings, each, cheat(cheat, info));
        }
        return findings;
    }

    /**
     * How one check came out in one of several runs.
     *
     * @param state {@code starter} or {@code solution}
     * @param run from 1
     */
    public record Verdict(String state, int run, String check, CheckStatus status, int earned) {}

    /**
     * Runs starter and solution again and again, each time with questions drawn anew.
     *
     * @param each is told every verdict of a run when it is over
     * @param abandoned whether nobody waits for it any more; interrupt the thread then, too
     * @throws IOException if there is no such lab, or it cannot be copied or run
     * @throws InterruptedException if it was abandoned; no copy is left
     */
    public static void repeat(Path root, String lab, int times, Consumer<Verdict> each, BooleanSupplier abandoned)
            throws IOException, InterruptedException {
        LabVerifier verifier = new LabVerifier(root, lab, abandoned);
        Path starter = root.resolve("labs").resolve(lab).resolve("starter");
        Path solution =
                LabProofs.solution(root, lab).orElseThrow(() -> new IOException("lab \"" + lab + "\" has no solution"));
        for (int i = 1; i <= times; i++) {
            int run = i;
            for (Path state : List.of(starter, solution)) {
                String name = state.equals(solution) ? "solution" : "starter";
                verifier.run(state, state.equals(solution))
                        .checks()
                        .forEach(check ->
                                each.accept(new Verdict(name, run, check.id(), check.status(), check.earned())));
            }
        }
    }

    private static void tell(List<Finding> findings, Consumer<Finding> each, Finding finding) {
        findings.add(finding);
        each.accept(finding);
    }

    private Finding starter() throws IOException, InterruptedException {
        LabDocument document = run(root.resolve("labs").resolve(lab).resolve("starter"), false);
        List<String> wrong = new ArrayList<>();
        for (CheckResult check : document.checks()) {
            boolean observed = check.exercise() == null || check.exercise().kind() == ExerciseKind.OBSERVE;
            if (check.status() == CheckStatus.FAILED) {
                wrong.add(check.id() + " fails on the starter; it should pass, or be skipped: " + check.actual());
            } else if (!observed
                    && check.status() != CheckStatus.SKIPPED
                    && check.status() != CheckStatus.NOT_CHECKED) {
                wrong.add(check.id() + " is " + check.status().title() + " before anything is done");
            } else if (observed && check.earned() < check.points()) {
                wrong.add(check.id() + " earns " + check.earned() + " of " + check.points() + " by running");
            }
        }
        return new Finding("starter", document.score().earned(), wrong);
    }

    private Finding solution(Path solution) throws IOException, InterruptedException {
        LabDocument document = run(solution, true);
        List<String> wrong = new ArrayList<>();
        for (CheckResult check : document.checks()) {
            boolean judged = check.status() == CheckStatus.PASSED || check.status() == CheckStatus.NOT_CHECKED;
            if (!judged || check.earned() < check.points()) {
                wrong.add(check.id() + " is " + check.status().title() + " with " + check.earned() + " of "
                        + check.points() + " points: " + check.actual());
            }
        }
        int bytes = HtmlReport.render(document).getBytes(StandardCharsets.UTF_8).length;
        if (bytes > LARGEST_REPORT) {
            wrong.add("its report has " + bytes + " bytes; at most " + LARGEST_REPORT
                    + ". Observe fewer programs, or stop them less often");
        }
        return new Finding("solution", document.score().earned(), wrong);
    }

    private Finding cheat(Path cheat, LabInfo info) throws IOException, InterruptedException {
        String name = "cheat " + cheat.getFileName();
        Path fakes = cheat.resolve(FAKES);
        if (!Files.exists(fakes)) {
            return new Finding(name, 0, List.of(fakes + " should name the exercises it fakes"));
        }
        Set<String> faked = new TreeSet<>();
        Files.readAllLines(fakes).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .forEach(faked::add);
        List<String> wrong = new ArrayList<>();
        faked.stream()
                .filter(id -> info.exercise(id).isEmpty())
                .forEach(unknown -> wrong.add("there is no exercise " + unknown));
        if (faked.isEmpty() || !wrong.isEmpty()) {
            wrong.add(fakes + " should name exercises of " + lab);
            return new Finding(name, 0, wrong);
        }
        Map<String, CheckResult> checks = new HashMap<>();
        run(cheat, true, info.withThoseBefore(faked)).checks().forEach(check -> checks.put(check.id(), check));
        int earned = 0;
        for (String id : faked) {
            CheckResult check = checks.get(id);
            if (check == null) {
                wrong.add(id + " was not judged");
                continue;
            }
            earned += check.earned();
            if (check.earned() > 0 || check.status() == CheckStatus.PASSED) {
                wrong.add(id + " earns " + check.earned() + " points, and is "
                        + check.status().title());
            } else if (check.status() != CheckStatus.FAILED) {
                wrong.add(id + " is " + check.status().title() + ": the cheat does not reach it: " + check.actual());
            }
        }
        return new Finding(name, earned, wrong);
    }

    private LabDocument run(Path overlay, boolean answersMeasured) throws IOException, InterruptedException {
        return run(overlay, answersMeasured, Set.of());
    }

    /** Runs exercises, or all if none is named, on a copy of the lab, some of whose files are replaced. */
    private LabDocument run(Path overlay, boolean answersMeasured, Set<String> exercises)
            throws IOException, InterruptedException {
        Path copy = Files.createTempDirectory("brkmap-verify-");
        try {
            copyLab(root, lab, copy);
            copyTree(overlay, copy.resolve("labs").resolve(lab));
            return LabRunner.in(root)
                    .on(copy, answersMeasured)
                    .run(
                            lab,
                            exercises,
                            new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
                            ConsoleTree.Detail.ALL,
                            null,
                            judged -> {},
                            abandoned)
                    .orElseThrow(() -> new IOException("lab \"" + lab + "\" came to no end on a copy of it"))
                    .document();
        } catch (IOException e) {
            if (abandoned.getAsBoolean()) {
                InterruptedException interrupted = new InterruptedException("verifying " + lab + " was abandoned");
                interrupted.initCause(e);
                throw interrupted;
            }
            throw e;
        } finally {
            delete(copy);
        }
    }

    /** Copies what a lab's runs need: its folder, and the programs under observation. */
    static void copyLab(Path root, String lab, Path copy) throws IOException {
        copyTree(root.resolve("labs").resolve(lab), copy.resolve("labs").resolve(lab));
        copyTree(root.resolve("sample-c"), copy.resolve("sample-c"));
        copyTree(
                root.resolve("labs").resolve(lab).resolve("starter"),
                copy.resolve("labs").resolve(lab));
    }

    private static void copyTree(Path from, Path to) throws IOException {
        if (!Files.isDirectory(from)) {
            return;
        }
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (target.getParent() != null) {
                    Files.createDirectories(target.getParent());
                }
                Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
