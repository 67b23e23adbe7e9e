package org.brkmap.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells a person who waits for more than a second what is being done, and for how long: one row on the terminal of standard error,
 * written over each second and taken away at the end. Elsewhere it is silent.
 */
final class Progress implements AutoCloseable {
    private final PrintWriter err;
    private final ScheduledExecutorService clock;
    private final @Nullable ScheduledFuture<?> ticking;
    private final String what;
    private final int width;
    private final boolean dumb;
    private int shown;
    private int seconds;

    private Progress(String what, Console console) {
        this.what = what;
        this.err = console.err();
        this.width = console.width();
        this.dumb = console.dumb();
        clock = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "brkmap-progress");
            thread.setDaemon(true);
            return thread;
        });
        ticking = console.errTerminal() ? clock.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS) : null;
    }

    /** What is done meanwhile. */
    interface Work<T> {
        T result() throws IOException, InterruptedException;
    }

    /** Does the work, and tells of it for as long as it takes. */
    static <T> T during(String what, Console console, Work<T> work) throws IOException, InterruptedException {
        Progress progress = new Progress(what, console);
        try {
            return work.result();
        } finally {
            progress.close();
        }
    }

    /** Begins to tell of this, until it is closed. */
    static Progress of(String what, Console console) {
        return new Progress(what, console);
    }

    private synchronized void tick() {
        seconds++;
        String elapsed = " " + (seconds < 120 ? seconds + " s" : seconds / 60 + " min");
        int room = Math.max(1, width - elapsed.length() - 1);
        String text = (what.length() > room ? what.substring(0, room) : what) + elapsed;
        err.print("\r" + text + " ".repeat(Math.max(0, shown - text.length())));
        err.flush();
        shown = text.length();
    }

    /** A row for keeps; the row of progress comes back below it. */
    synchronized void line(String text) {
        remove();
        err.println(text);
        err.flush();
    }

    private void remove() {
        if (shown > 0) {
            err.print(dumb ? "\r" + " ".repeat(shown) + "\r" : "\r\u001b[K");
            err.flush();
            shown = 0;
        }
    }

    @Override
    public void close() {
        if (ticking != null) {
            ticking.cancel(false);
        }
        clock.shutdownNow();
        synchronized (this) {
            remove();
        }
    }
}
