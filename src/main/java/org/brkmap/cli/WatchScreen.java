package org.brkmap.cli;

import java.io.PrintWriter;
import java.util.Set;
import java.util.TreeSet;
import org.brkmap.libc.StandardOutput;

/** What a watch shows: one verdict at a time on a terminal that can be cleared, all of them one below the other elsewhere. */
final class WatchScreen {
    private static final String CLEAR = "\u001b[H\u001b[2J\u001b[3J";
    private static final String KEYS = "h hint   l list   r run all   x begin a file again   q quit";

    private final PrintWriter out;
    private final boolean keys;
    private final boolean clears;

    /** @param keys whether somebody can press them */
    WatchScreen(PrintWriter out, boolean keys) {
        this.out = out;
        this.keys = keys;
        String terminal = System.getenv().getOrDefault("TERM", "dumb");
        this.clears = keys && StandardOutput.isTerminal() && !terminal.equals("dumb") && !terminal.isEmpty();
    }

    void begins(String title) {
        clear();
        line("Watching " + title + ". Save a file, and see.");
        running();
    }

    void saved(Set<String> names) {
        clear();
        line("saved: " + String.join(", ", new TreeSet<>(names)));
        running();
    }

    void running() {
        line("running ..." + (keys ? "  (q quits; another save begins anew)" : ""));
    }

    /** Shows a verdict, or whatever was asked for, and the keys below it. */
    void show(String text) {
        clear();
        out.println(folded(text.strip()));
        keys();
    }

    /** Adds a few lines below what is shown. */
    void add(String text) {
        out.println(folded(text));
        keys();
    }

    /** Asks for a key. */
    void ask(String question) {
        line(question);
    }

    /** Says that a key was taken, and waits for the run under way. */
    void keyWaits() {
        line("in a moment, when this run is over ...");
    }

    /** Whether nobody reads any more. */
    boolean isGone() {
        return out.checkError();
    }

    private void keys() {
        if (keys) {
            out.println();
            out.println(KEYS);
        }
        out.flush();
    }

    private void line(String text) {
        out.println(folded(text));
        out.flush();
    }

    /** For the terminal as wide as it is now: people draw windows wider. */
    private static String folded(String text) {
        return Rows.foldLines(text, StandardOutput.columns().orElse(Integer.MAX_VALUE));
    }

    private void clear() {
        if (clears) {
            out.print(CLEAR);
        }
    }
}
