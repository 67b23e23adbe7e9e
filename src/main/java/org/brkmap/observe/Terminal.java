package org.brkmap.observe;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
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
    private static final long STALL_SECONDS = 2;
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

    /** The rest of a mark that there was no room for: it must come first, or it would pass for output. */
    private byte[] unsent = new byte[0];

    private boolean heldUp;

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
        lock.lock();
        try {
            boolean sent = send((mark + "\u0002").getBytes(StandardCharsets.US_ASCII));
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

    /** Prints a mark; false if the output is held up. Output that is merely plenty makes room as the reader takes it. */
    private boolean send(byte[] markEnd) throws InterruptedException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        text.writeBytes(unsent);
        text.writeBytes(markStart);
        text.writeBytes(markEnd);
        byte[] rest = text.toByteArray();
        int before = rest.length;
        long patience = TimeUnit.SECONDS.toNanos(heldUp ? 0 : STALL_SECONDS);
        while (rest.length > 0) {
            int count = terminal.printAsProgram(rest);
            if (count < 0) {
                return false;
            }
            rest = Arrays.copyOfRange(rest, count, rest.length);
            long seen = printed;
            long left = patience;
            while (rest.length > 0 && printed == seen && !ended && left > 0) {
                left = marked.awaitNanos(left);
            }
            if (rest.length > 0 && (left <= 0 || ended)) {
                break;
            }
        }
        heldUp = rest.length > 0;
        unsent = rest.length < before ? rest : unsent;
        return !heldUp;
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
            marked.signalAll();
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
