package org.brkmap.cli;

import java.io.PrintWriter;
import java.util.Map;
import org.brkmap.libc.StandardError;
import org.brkmap.libc.StandardOutput;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Where a command speaks: what is found goes to standard output, what is said about it to standard error.
 *
 * @param out for what was asked for
 * @param err for progress and complaints
 * @param terminal whether a person reads standard output
 * @param errTerminal whether a person reads standard error
 * @param width columns to fit text into
 * @param colour whether to use ANSI sequences on standard output
 * @param dumb whether the terminal knows no sequences at all
 */
record Console(
        PrintWriter out,
        PrintWriter err,
        boolean terminal,
        boolean errTerminal,
        int width,
        boolean colour,
        boolean dumb) {
    private static final int DEFAULT_WIDTH = 80;

    static Console of(CommandSpec spec) {
        return of(spec.commandLine().getOut(), spec.commandLine().getErr());
    }

    static Console of(PrintWriter out, PrintWriter err) {
        boolean terminal = StandardOutput.isTerminal();
        return new Console(
                out,
                err,
                terminal,
                StandardError.isTerminal(),
                columns(),
                wantsColour(System.getenv(), terminal),
                isDumb(System.getenv()));
    }

    /** The terminal's width, or the usual one. */
    static int columns() {
        return StandardOutput.columns().orElse(DEFAULT_WIDTH);
    }

    /** For tables: a pipe has no width, and what is read by a program must not be cut. */
    int tableWidth() {
        return terminal ? width : Integer.MAX_VALUE;
    }

    /**
     * Colour is for terminals that can show it. NO_COLOR (no-color.org), if not empty, forbids it; CLICOLOR_FORCE, if neither empty
     * nor 0, wants it in a pipe too, as for {@code less -R}.
     */
    static boolean wantsColour(Map<String, String> environment, boolean terminal) {
        if (!environment.getOrDefault("NO_COLOR", "").isEmpty()) {
            return false;
        }
        String forced = environment.getOrDefault("CLICOLOR_FORCE", "");
        if (!forced.isEmpty() && !forced.equals("0")) {
            return true;
        }
        return terminal && !isDumb(environment);
    }

    private static boolean isDumb(Map<String, String> environment) {
        String kind = environment.getOrDefault("TERM", "");
        return kind.isEmpty() || kind.equals("dumb");
    }
}
