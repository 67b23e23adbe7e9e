package org.brkmap.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.brkmap.lab.LabWatch;
import org.brkmap.lab.SavedFiles;
import org.jspecify.annotations.Nullable;

/**
 * Runs a watched lab in the background, one run at a time. A new run takes the place of one under way, whose program is ended and
 * whose files it takes over, so that no save is lost. For one thread.
 */
final class WatchRuns implements AutoCloseable {
    /**
     * What came of a run.
     *
     * @param verdict null if it could not be made
     * @param text what to show
     */
    record Result(LabWatch.@Nullable Verdict verdict, String text) {}

    /** Is told, from another thread, what comes of runs. */
    interface Listener {
        /** A run has come to its end. */
        void result(Result result);

        /** Nothing is under way any more. */
        void idle();
    }

    private record Run(Future<?> future, AtomicBoolean abandoned) {}

    private final LabWatch watch;
    private final SavedFiles files;
    private final Listener listener;
    private final Set<String> pending = new LinkedHashSet<>();
    private final ExecutorService worker = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "brkmap-lab");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable Run current;
    private boolean whole;

    WatchRuns(LabWatch watch, SavedFiles files, Listener listener) {
        this.watch = watch;
        this.files = files;
        this.listener = listener;
    }

    /** Whether a run is under way. */
    boolean isRunning() {
        return current != null && !current.future().isDone();
    }

    /** Runs what these files change, and what a run under way was about. */
    void saved(Set<String> names) {
        pending.addAll(names);
        start(true);
    }

    /** Runs the whole lab. */
    void everything(boolean brief) {
        whole = true;
        start(brief);
    }

    private void start(boolean brief) {
        stop();
        Set<String> names = whole ? Set.of() : Set.copyOf(pending);
        AtomicBoolean abandoned = new AtomicBoolean();
        current = new Run(worker.submit(() -> run(names, brief, abandoned)), abandoned);
    }

    private void run(Set<String> names, boolean brief, AtomicBoolean abandoned) {
        BooleanSupplier isOld = () -> abandoned.get() || files.areOld();
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        AtomicBoolean opensOthers = new AtomicBoolean();
        try (PrintStream out = new PrintStream(text, false, UTF_8)) {
            watch.run(
                    names,
                    brief,
                    out,
                    verdict -> {
                        out.flush();
                        opensOthers.set(verdict.opensOthers());
                        if (!abandoned.get()) {
                            listener.result(new Result(verdict, text.toString(UTF_8)));
                        }
                    },
                    isOld);
            if (opensOthers.get() && !isOld.getAsBoolean()) {
                watch.run(
                        Set.of(), true, new PrintStream(OutputStream.nullOutputStream(), false, UTF_8), v -> {}, isOld);
            }
        } catch (IOException | RuntimeException e) {
            if (!abandoned.get()) {
                String what =
                        e instanceof IOException ? String.valueOf(e.getMessage()) : "an error of brkmap's own: " + e;
                listener.result(new Result(null, text.toString(UTF_8) + "brkmap: " + what + "\n"));
            }
        } finally {
            listener.idle();
        }
    }

    /** A result was taken: what it was about is done. */
    void done() {
        pending.clear();
        whole = false;
    }

    /** Ends the run under way, and the program it observes. */
    void stop() {
        Run run = current;
        if (run != null) {
            run.abandoned().set(true);
            run.future().cancel(true);
            current = null;
        }
    }

    @Override
    public void close() {
        stop();
        worker.shutdownNow();
    }
}
