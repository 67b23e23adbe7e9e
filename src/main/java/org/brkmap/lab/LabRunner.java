package org.brkmap.lab;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.brkmap.evidence.LabDocument;
import org.jspecify.annotations.Nullable;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs labs in this JVM, as {@code mvn test} would. One run at a time. */
public final class LabRunner {
    private final Path root;
    private final Path work;
    private final boolean knowsTheAnswers;

    private LabRunner(Path root, Path work, boolean knowsTheAnswers) {
        this.root = root;
        this.work = work;
        this.knowsTheAnswers = knowsTheAnswers;
    }

    /** Runs labs of the project of this root on the files that are in it. */
    public static LabRunner in(Path root) {
        return new LabRunner(root, root, false);
    }

    /** Runs this project's checks on the files of another: a copy of it, or of a part, into which the report is written too. */
    public LabRunner on(Path copy) {
        return on(copy, false);
    }

    /** Runs checks of one project on the files of another: a copy of it, or of a part. */
    LabRunner on(Path copy, boolean answersMeasured) {
        return new LabRunner(root, copy, answersMeasured);
    }

    /** Runs the whole lab; see {@link #run(String, Set, PrintStream)}. */
    public LabDocument run(String lab, PrintStream out) throws IOException {
        return run(lab, Set.of(), out);
    }

    /**
     * Runs a lab, prints its tree, and writes its report and evidence to target/reports.
     *
     * @param exercises ids of the exercises to run; all checks if empty. The others stand in the report, and count where an
     *     exercise builds on them, as they last came out
     * @param out where the tree goes; {@link java.io.OutputStream#nullOutputStream} for none
     * @return what the report holds, the points included
     * @throws IOException if there is no such lab or exercise, its checks do not compile, or the report cannot be written
     */
    public LabDocument run(String lab, Set<String> exercises, PrintStream out) throws IOException {
        ConsoleTree.Detail detail = exercises.isEmpty() ? ConsoleTree.Detail.ALL : ConsoleTree.Detail.FULL;
        return run(lab, exercises, out, detail, null, judged -> {}, () -> false)
                .orElseThrow(() -> new IOException("lab \"" + lab + "\" came to no end; what it printed says why"))
                .document();
    }

    /**
     * Runs it for one who may lose interest, which an interrupt makes quick.
     *
     * @param detail how much to print
     * @param earlier the report to complete; null for the one that was written last
     * @param judged is given it as soon as all is judged, before the report is written
     * @param abandoned whether nobody waits for it any more
     * @return what came of it; empty if it was abandoned, or the report could not be written
     */
    Optional<Desk.End> run(
            String lab,
            Set<String> exercises,
            PrintStream out,
            ConsoleTree.Detail detail,
            @Nullable LabDocument earlier,
            Consumer<Desk.End> judged,
            BooleanSupplier abandoned)
            throws IOException {
        Rehearsal.begin();
        Selection selection = Selection.of(root, lab, exercises);
        AtomicReference<Desk.@Nullable End> end = new AtomicReference<>();
        String desk = new Desk(
                        out,
                        judged,
                        end::set,
                        knowsTheAnswers,
                        detail,
                        selection.others(),
                        earlier,
                        null,
                        root,
                        abandoned)
                .open();
        try {
            LauncherFactory.create(LauncherConfig.builder()
                            .enableLauncherSessionListenerAutoRegistration(false)
                            .enableLauncherDiscoveryListenerAutoRegistration(false)
                            .enablePostDiscoveryFilterAutoRegistration(false)
                            .enableTestExecutionListenerAutoRegistration(false)
                            .build())
                    .execute(LauncherDiscoveryRequestBuilder.request()
                            .selectors(selection.selectors())
                            .configurationParameter(LabExtension.ROOT, work.toString())
                            .configurationParameter(LabExtension.DESK, desk)
                            .configurationParameter(
                                    "junit.jupiter.testclass.order.default",
                                    "org.junit.jupiter.api.ClassOrderer$OrderAnnotation")
                            .build());
        } finally {
            Desk.close(desk);
        }
        return Optional.ofNullable(end.get());
    }
}
