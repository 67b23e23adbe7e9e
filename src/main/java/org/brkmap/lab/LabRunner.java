package org.brkmap.lab;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.brkmap.evidence.LabDocument;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
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
     * @param exercises ids of the exercises to run; all checks if empty. What an exercise builds on counts as it came out
     *     last. The report of a part replaces that of the whole
     * @param out where the tree goes; {@link java.io.OutputStream#nullOutputStream} for none
     * @return what was found, the points included
     * @throws IOException if there is no such lab or exercise, its checks do not compile, or the report cannot be written
     */
    public LabDocument run(String lab, Set<String> exercises, PrintStream out) throws IOException {
        List<DiscoverySelector> selectors = selectors(lab, exercises);
        AtomicReference<@Nullable LabDocument> document = new AtomicReference<>();
        String desk = new Desk(out, document::set, knowsTheAnswers).open();
        try {
            LauncherFactory.create(LauncherConfig.builder()
                            .enableLauncherSessionListenerAutoRegistration(false)
                            .enableLauncherDiscoveryListenerAutoRegistration(false)
                            .enablePostDiscoveryFilterAutoRegistration(false)
                            .enableTestExecutionListenerAutoRegistration(false)
                            .build())
                    .execute(LauncherDiscoveryRequestBuilder.request()
                            .selectors(selectors)
                            .configurationParameter(LabExtension.ROOT, work.toString())
                            .configurationParameter(LabExtension.DESK, desk)
                            .configurationParameter(
                                    "junit.jupiter.testclass.order.default",
                                    "org.junit.jupiter.api.ClassOrderer$OrderAnnotation")
                            .build());
        } finally {
            Desk.close(desk);
        }
        LabDocument done = document.get();
        if (done == null) {
            throw new IOException("lab \"" + lab + "\" came to no end; what it printed says why");
        }
        return done;
    }

    private List<DiscoverySelector> selectors(String lab, Set<String> exercises) throws IOException {
        List<Class<?>> classes = LabClasses.of(root, lab);
        if (exercises.isEmpty()) {
            return List.copyOf(
                    classes.stream().map(DiscoverySelectors::selectClass).toList());
        }
        List<DiscoverySelector> selectors = new ArrayList<>();
        List<String> known = new ArrayList<>();
        for (Class<?> type : classes) {
            Stream.of(type.getDeclaredMethods()).forEach(method -> {
                Exercise exercise = method.getAnnotation(Exercise.class);
                if (exercise != null) {
                    known.add(exercise.id());
                    if (exercises.contains(exercise.id())) {
                        selectors.add(DiscoverySelectors.selectMethod(type, method));
                    }
                }
            });
        }
        for (String wanted : exercises) {
            if (!known.contains(wanted)) {
                String nearest = Nearest.to(wanted, known);
                throw new IOException("lab \"" + lab + "\" has no exercise \"" + wanted + "\""
                        + (nearest == null
                                ? "; it has: " + String.join(", ", known)
                                : "; did you mean \"" + nearest + "\"?"));
            }
        }
        return selectors;
    }
}
