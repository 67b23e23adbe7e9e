package org.brkmap.cli;

import java.util.Locale;

/**
 * How far a long piece of work is, and how long it will take: one row on the terminal of standard error, written over now and then
 * and taken away at the end. Elsewhere it is silent. Thread-safe.
 */
final class WorkProgress implements AutoCloseable {
    private static final long EVERY_NANOS = 200_000_000L;

    private final String what;
    private final int all;
    private final Console console;
    private final long began = System.nanoTime();
    private long last = began;
    private int shown;

    private WorkProgress(String what, int all, Console console) {
        this.what = what;
        this.all = all;
        this.console = console;
    }

    static WorkProgress of(String what, int all, Console console) {
        return new WorkProgress(what, all, console);
    }

    /** So many are done. */
    synchronized void done(int count) {
        long now = System.nanoTime();
        if (!console.errTerminal() || now - last < EVERY_NANOS) {
            return;
        }
        last = now;
        String text = line(count, all, what, (now - began) / 1e9);
        console.err().print("\r" + text + " ".repeat(Math.max(0, shown - text.length())));
        console.err().flush();
        shown = text.length();
    }

    /** {@code 312 of 2000 reports, 14 s left}. */
    static String line(int count, int all, String what, double seconds) {
        long left = count == 0 ? 0 : Math.round(seconds / count * (all - count));
        String time = left < 120 ? left + " s" : (left + 59) / 60 + " min";
        return String.format(Locale.ROOT, "%d of %d %s", count, all, what) + (count == 0 ? "" : ", " + time + " left");
    }

    @Override
    public synchronized void close() {
        if (shown > 0) {
            console.err().print("\r" + " ".repeat(shown) + "\r");
            console.err().flush();
        }
    }
}
