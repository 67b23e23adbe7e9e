package org.brkmap.lab;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.Assertions;
import org.brkmap.analyse.Analyser;
import org.brkmap.evidence.LabDocument;
import org.brkmap.evidence.RunDocument;
import org.brkmap.observe.Launch;
import org.brkmap.observe.Observer;
import org.brkmap.report.HtmlReport;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Does for nothing what a lab is about to do: observes a program, and makes a page of it. Most of the time that a young JVM takes
 * for its first run and its first page goes into loading classes, and while JUnit looks for the checks a second processor has
 * nothing to do. Maven starts it by way of META-INF/services. Thread-safe.
 */
public final class Rehearsal implements LauncherSessionListener {
    private static final AtomicBoolean PLAYED = new AtomicBoolean();

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        if (!System.getProperty(LabExtension.LAB, "").isEmpty()) {
            begin();
        }
    }

    /** Begins it, the first time that it is called, if there is a processor to spare. */
    static void begin() {
        if (Runtime.getRuntime().availableProcessors() > 1 && PLAYED.compareAndSet(false, true)) {
            Thread thread = new Thread(Rehearsal::play, "rehearsal");
            thread.setDaemon(true);
            // What fails here fails again when it counts, and is told then.
            thread.setUncaughtExceptionHandler((failed, thrown) -> {});
            thread.start();
        }
    }

    private static void play() {
        try {
            RunDocument run =
                    RunDocument.of("rehearsal", Analyser.analyse(Observer.observe(Launch.of(List.of("true")))));
            Assertions.assertThat(run.name()).isNotEmpty();
            HtmlReport.render(new LabDocument("lab", "", "", List.of(run), Map.of(), List.of(), Map.of()));
        } catch (IOException unobserved) {
            // As above.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
