package org.brkmap.observe;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.brkmap.libc.NativeException;
import org.brkmap.libc.PseudoTerminal;
import org.brkmap.model.TranscriptLine;
import org.brkmap.model.TranscriptLine.Direction;

/**
 * The target's terminal: its output is read by a thread of its own, so that the target never waits for us, and can be waited
 * for up to the last byte. A mark printed behind the target's output tells that all before it has arrived.
 */
final class Terminal implements AutoCloseable {
    private static final long DRAIN_SECONDS = 5;
    private static final char END_OF_FILE = 4; // ^D, as termios sets VEOF

    private final PseudoTerminal terminal;
    private final long outputLimit;
    private final StopRequest stop;
    private final byte[] markStart;
    private final Thread reader;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition marked = lock.newCondition();
    private final ByteArrayOutputStream fresh = new ByteArrayOutputStream();
    private long printed;
    private int lastMark;
    private boolean ended;

    private final List<TranscriptLine> transcript = new ArrayList<>();
    private String lastLine = "";
    private int marks;

    Terminal(long outputLimit, StopRequest stop) throws NativeException {
        this.terminal = PseudoTerminal.open();
        this.outputLimit = outputLimit;
        this.stop = stop;
        this.markStart = ("\u0001brkmap " + UUID.randomUUID() + " ").getBytes(StandardCharsets.US_ASCII);
        this.reader = new Thread(this::read, "brkmap-terminal");
        reader.setDaemon(true);
        reader.start();
    }

    String slaveName() {
        return terminal.slaveName();
    }

    int openForProgram() throws NativeException {
        return terminal.openForProgram();
    }

    void closeHanded(int fd) {
        terminal.closeHanded(fd);
    }

    boolean hasInput() {
        return terminal.pendingInput() > 0;
    }

    /** Types a line at the target, and notes it. */
    void typeLine(String line, int events) throws NativeException {
        terminal.type(line + "\n");
        transcript.add(new TranscriptLine(events, Direction.IN, line + "\n"));
    }

    void typeEndOfFile(int events) throws NativeException {
        terminal.type(String.valueOf(END_OF_FILE));
        transcript.add(new TranscriptLine(events, Direction.IN, String.valueOf(END_OF_FILE)));
    }

    /** Waits until everything the target has printed is here; the target must stand still. */
    void drain(int events) {
        int mark = ++marks;
        String text = new String(markStart, StandardCharsets.US_ASCII) + mark + "\u0002";
        boolean sent = terminal.printAsProgram(text);
        lock.lock();
        try {
            long patience = TimeUnit.SECONDS.toNanos(sent ? DRAIN_SECONDS : 0);
            while (lastMark < mark && !ended && patience > 0) {
                patience = marked.awaitNanos(patience);
            }
            note(events);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private void note(int events) {
        if (fresh.size() == 0) {
            return;
        }
        String text = fresh.toString(StandardCharsets.UTF_8);
        fresh.reset();
        transcript.add(new TranscriptLine(events, Direction.OUT, text));
        text.lines()
                .filter(line -> !line.isBlank())
                .reduce((first, second) -> second)
                .ifPresent(line -> lastLine = line.strip());
    }

    /** The last line with anything on it that the target had printed by the last drain. */
    String lastLine() {
        return lastLine;
    }

    /** The whole dialogue; after {@link #close}. */
    List<TranscriptLine> transcript() {
        return transcript;
    }

    private void read() {
        MarkedStream stream = new MarkedStream(markStart, this::keep, this::sawMark);
        byte[] bytes;
        while ((bytes = terminal.readOutput()) != null) {
            stream.accept(bytes);
        }
        stream.end();
        lock.lock();
        try {
            ended = true;
            marked.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void keep(byte[] bytes, int from, int to) {
        lock.lock();
        try {
            long room = outputLimit - printed;
            fresh.write(bytes, from, (int) Math.max(0, Math.min(room, to - from)));
            printed += to - from;
        } finally {
            lock.unlock();
        }
        if (printed > outputLimit) {
            stop.ask("output limit of " + outputLimit + " bytes");
        }
    }

    private void sawMark(int number) {
        lock.lock();
        try {
            lastMark = number;
            marked.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Hangs up; call it when no target is left, and the rest of its output is noted. */
    void finish(int events) throws InterruptedException {
        terminal.hangUpSlave();
        reader.join(TimeUnit.SECONDS.toMillis(DRAIN_SECONDS));
        lock.lock();
        try {
            note(events);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        terminal.hangUpSlave();
        if (!reader.isAlive()) {
            terminal.close();
        }
    }
}
