package org.brkmap.rerun;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.brkmap.grade.LabRules;
import org.brkmap.grade.Result;
import org.brkmap.lab.LabCatalogue;

/**
 * Runs a class's submissions again: each is built and run in a sandbox by a worker without privilege, and leaves a result in the
 * output. One that is there already is not made again. What is done stays done if this is ended, however it is.
 */
public final class Rerun {
    private final RerunOptions options;

    public Rerun(RerunOptions options) {
        this.options = options;
    }

    /** Is told how far it is; by several threads, one at a time. */
    public interface Listener {
        /**
         * @param done submissions so far
         * @param all that there are
         * @param result of this one
         * @param fresh whether it was made now
         */
        void graded(int done, int all, Result result, boolean fresh);
    }

    /** The submissions of this shard, in order: every file and folder, but for hidden ones. */
    public List<Path> submissions() throws IOException {
        List<Path> all;
        try (Stream<Path> entries = Files.list(options.submissions())) {
            all = entries.filter(entry -> !entry.getFileName().toString().startsWith("."))
                    .filter(entry -> !entry.getFileName().toString().endsWith(".csv"))
                    .sorted(Comparator.comparing(entry -> entry.getFileName().toString()))
                    .toList();
        }
        return IntStream.range(0, all.size())
                .filter(index -> index % options.shards() == options.shard())
                .mapToObj(all::get)
                .toList();
    }

    /**
     * Grades them all.
     *
     * @throws IOException if the labs, the output or the workers fail; a submission never makes it fail
     * @throws InterruptedException if this thread was interrupted; the workers are ended then
     */
    public void run(Listener listener) throws IOException, InterruptedException {
        List<Path> submissions = submissions();
        Files.createDirectories(options.out());
        String wanted = options.lab();
        List<String> labs = wanted == null ? LabCatalogue.ids(options.root()) : List.of(wanted);
        Map<String, Path> hidden = new HashMap<>();
        for (String lab : labs) {
            LabRules rules = options.course().lab(lab);
            Path folder = rules.hidden() == null ? null : options.courseFolder().resolve(rules.hidden());
            if (folder != null) {
                if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                    throw new IOException("course.properties names hidden checks of " + lab + " in " + folder
                            + ", which is no folder");
                }
                hidden.put(lab, folder);
            }
        }
        int slots = Math.max(1, Math.min(options.jobs(), submissions.size()));
        ExecutorService threads = Executors.newFixedThreadPool(slots);
        try (Stage stage = Stage.make(options.root(), labs, hidden)) {
            ConcurrentLinkedQueue<Path> queue = new ConcurrentLinkedQueue<>(submissions);
            Tally tally = new Tally(submissions.size(), listener);
            List<Future<?>> running = new ArrayList<>();
            for (int slot = 0; slot < slots; slot++) {
                int number = slot;
                running.add(threads.submit(() -> {
                    try (Slot worker = new Slot(options, stage, labs, number)) {
                        Path submission;
                        while ((submission = queue.poll()) != null) {
                            worker.grade(submission, tally);
                        }
                    }
                    return number;
                }));
            }
            try {
                await(running);
            } finally {
                threads.shutdownNow();
                // Workers are ended before what they run from is removed.
                awaitEnd(threads);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void await(List<Future<?>> running) throws IOException, InterruptedException {
        for (Future<?> slot : running) {
            try {
                slot.get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof IOException failure) {
                    throw failure;
                }
                throw new IllegalStateException("grading failed; please report this", e.getCause());
            }
        }
    }

    private static void awaitEnd(ExecutorService threads) {
        boolean interrupted = Thread.interrupted();
        try {
            while (!threads.awaitTermination(1, java.util.concurrent.TimeUnit.MINUTES)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException again) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Counts, and tells the listener one at a time. */
    static final class Tally {
        private final int all;
        private final Listener listener;
        private int done;

        Tally(int all, Listener listener) {
            this.all = all;
            this.listener = listener;
        }

        synchronized void add(Result result, boolean fresh) {
            listener.graded(++done, all, result, fresh);
        }
    }
}
