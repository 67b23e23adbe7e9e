package org.brkmap.observe;

import java.util.List;
import org.brkmap.libc.NativeException;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a waiting target gets: the next line; when there is none, or when keys change nothing any more, end of file;
 * then a hang-up; then its end.
 */
final class Keyboard {
    /** What becomes of the target. */
    enum Answer {
        TYPED,
        HANG_UP,
        KILL
    }

    private static final int IDLE_CHECKPOINTS = 8;

    private final Terminal terminal;
    private final @Nullable List<String> lines;
    private int next;
    private int idle;
    private int eventsBefore = -1;
    private boolean endOfFileTyped;
    private boolean endOfFileUnread;
    private boolean hungUp;
    private String reason = "";

    Keyboard(Terminal terminal, @Nullable List<String> lines) {
        this.terminal = terminal;
        this.lines = lines;
    }

    /** Why the last answer was not a key. */
    String reason() {
        return reason;
    }

    /** Whether something typed is there to be read; if it is an end of file, the read that asks meets it. */
    boolean hasTyped(boolean isRead) {
        if (terminal.hasInput()) {
            // An end of file does not count as input: if one was typed, it was taken for a mere character.
            endOfFileUnread = false;
            return true;
        }
        boolean awaits = endOfFileUnread;
        if (isRead) {
            endOfFileUnread = false;
        }
        return awaits;
    }

    /** Answers a wait for the terminal. */
    Answer answer(int events, boolean isRead) throws NativeException {
        return answer(events, events, isRead);
    }

    /**
     * Answers a wait for the terminal.
     *
     * @param events seen so far, for the transcript
     * @param progress a number that grows while keys change something
     */
    Answer answer(int events, int progress, boolean isRead) throws NativeException {
        if (hungUp) {
            return Answer.KILL;
        }
        boolean idleTooLong = lines == null && isIdle(progress);
        if (!endOfFileTyped && !idleTooLong && (lines == null || next < lines.size())) {
            terminal.typeLine(lines == null ? "" : lines.get(next), events);
            next++;
            return Answer.TYPED;
        }
        if (!endOfFileTyped) {
            endOfFileTyped = true;
            endOfFileUnread = !isRead;
            terminal.typeEndOfFile(events);
            return Answer.TYPED;
        }
        return hangUp(
                lines == null
                        ? "it went on waiting for input: " + next + " keys and an end of file did not end it"
                        : "it went on waiting for input after all " + next + " lines and an end of file");
    }

    /** Answers a long sleep. */
    Answer slept(int events) {
        if (hungUp) {
            return Answer.KILL;
        }
        return isIdle(events)
                ? hangUp("it slept " + IDLE_CHECKPOINTS + " times without touching its address space")
                : Answer.TYPED;
    }

    /** Answers a pause that no other thread can end. */
    Answer paused() {
        return hungUp ? Answer.KILL : hangUp("it waits for a signal that nobody will send");
    }

    private Answer hangUp(String why) {
        reason = why;
        hungUp = true;
        return Answer.HANG_UP;
    }

    private boolean isIdle(int events) {
        idle = events == eventsBefore ? idle + 1 : 0;
        eventsBefore = events;
        return idle >= IDLE_CHECKPOINTS;
    }
}
