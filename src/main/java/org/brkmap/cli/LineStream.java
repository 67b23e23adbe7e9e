package org.brkmap.cli;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Bytes of UTF-8 passed on to a writer, whole lines at once, so that no character is cut. Not thread-safe. */
final class LineStream extends OutputStream {
    private final PrintWriter out;
    private final int width;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    /** @param width of the terminal that lines are folded for; {@link Integer#MAX_VALUE} for none */
    LineStream(PrintWriter out, int width) {
        this.out = out;
        this.width = width;
    }

    @Override
    public void write(int b) {
        line.write(b);
        if (b == '\n') {
            pass();
        }
    }

    @Override
    public void close() {
        pass();
    }

    private void pass() {
        out.print(Rows.foldLines(line.toString(StandardCharsets.UTF_8), width));
        out.flush();
        line.reset();
    }
}
