package org.brkmap.cli;

import java.io.PrintWriter;
import org.brkmap.libc.StandardOutput;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Where a command speaks: what is found goes to standard output, what is said about it to standard error.
 *
 * @param out for what was asked for
 * @param err for progress and complaints
 * @param terminal whether a person reads standard output
 * @param width columns to fit text into
 * @param colour whether to use ANSI sequences
 */
record Console(PrintWriter out, PrintWriter err, boolean terminal, int width, boolean colour) {
    private static final int DEFAULT_WIDTH = 80;

    static Console of(CommandSpec spec) {
        boolean terminal = StandardOutput.isTerminal();
        boolean wanted = System.getenv("NO_COLOR") == null && !"dumb".equals(System.getenv("TERM"));
        return new Console(
                spec.commandLine().getOut(),
                spec.commandLine().getErr(),
                terminal,
                StandardOutput.columns().orElse(DEFAULT_WIDTH),
                wanted && terminal);
    }

    /** For tables: a pipe has no width, and what is read by a program must not be cut. */
    int tableWidth() {
        return terminal ? width : Integer.MAX_VALUE;
    }
}
