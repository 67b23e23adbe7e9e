package org.brkmap.toolchain;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Keeps the first bytes of a stream, and tells once when there are more. Thread-safe. */
final class Capture extends OutputStream {
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final int limit;
    private final Runnable onExcess;
    private boolean exceeded;

    Capture(int limit, Runnable onExcess) {
        this.limit = limit;
        this.onExcess = onExcess;
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        boolean first;
        synchronized (this) {
            int room = Math.min(length, limit - kept.size());
            kept.write(bytes, offset, room);
            first = room < length && !exceeded;
            exceeded |= first;
        }
        if (first) {
            onExcess.run();
        }
    }

    synchronized boolean exceeded() {
        return exceeded;
    }

    synchronized String text() {
        return kept.toString(StandardCharsets.UTF_8);
    }
}
