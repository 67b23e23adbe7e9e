package org.brkmap.observe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.brkmap.libc.CallRecorder;
import org.brkmap.libc.Errno;
import org.brkmap.model.CallSite;
import org.brkmap.model.MemoryEvent;
import org.brkmap.model.Origin;
import org.brkmap.model.UserCall;
import org.jspecify.annotations.Nullable;

/** The events of a run as plain numbers: the target waits while one is written, so nothing is allocated for it. */
final class EventLog {
    static final int PID = 0;
    static final int TID = 1;
    static final int NANOS = 2;
    static final int CALL = 3;
    static final int ARGS = 4;
    static final int RESULT = 10;
    static final int FAILED = 11;
    static final int INSTRUCTION = 12;
    static final int OPERATION = 13;
    static final int SIZE = 14;
    static final int POINTER = 15;
    static final int SITE = 16;
    static final int FILE = 17;
    static final int EXTENT = 18;
    static final int WIDTH = 19;

    private static final int ARGUMENTS = 6;
    private final long origin = System.nanoTime();
    private final List<String> files = new ArrayList<>();
    private long[] words = new long[WIDTH * 1024];
    private int count;

    int size() {
        return count;
    }

    /** Begins an event; its arguments are set by {@link #argument}. Until it ends, it counts as interrupted. */
    int begin(Task task, SystemCall call, long instruction) {
        makeRoom(1);
        int at = count * WIDTH;
        words[at + PID] = task.pid;
        words[at + TID] = task.tid;
        words[at + NANOS] = System.nanoTime() - origin;
        words[at + CALL] = call.number();
        words[at + RESULT] = -Errno.EINTR;
        words[at + FAILED] = 1;
        words[at + INSTRUCTION] = instruction;
        words[at + OPERATION] = 0;
        words[at + FILE] = -1;
        words[at + EXTENT] = -1;
        return count++;
    }

    /** The moment from which events count, as {@link System#nanoTime} had it: on Linux CLOCK_MONOTONIC. */
    long origin() {
        return origin;
    }

    /** Takes the events that the recorder has noted. */
    void take(CallRecorder recorder) {
        int taken = recorder.begun();
        makeRoom(taken);
        recorder.copy(words, count * WIDTH);
        count += taken;
    }

    private void makeRoom(int more) {
        if ((count + more) * WIDTH > words.length) {
            words = Arrays.copyOf(words, Math.max(words.length * 2, (count + more) * WIDTH));
        }
    }

    void argument(int event, int index, long value) {
        words[event * WIDTH + ARGS + index] = value;
    }

    long argument(int event, int index) {
        return words[event * WIDTH + ARGS + index];
    }

    SystemCall call(int event) {
        return Objects.requireNonNull(SystemCall.of(words[event * WIDTH + CALL]));
    }

    void cause(int event, int operation, long size, long pointer, long site) {
        int at = event * WIDTH;
        words[at + OPERATION] = operation;
        words[at + SIZE] = size;
        words[at + POINTER] = pointer;
        words[at + SITE] = site;
    }

    void end(int event, long result, boolean failed) {
        words[event * WIDTH + RESULT] = result;
        words[event * WIDTH + FAILED] = failed ? 1 : 0;
    }

    void file(int event, String path) {
        words[event * WIDTH + FILE] = files.size();
        files.add(path);
    }

    void extent(int event, long bytes) {
        words[event * WIDTH + EXTENT] = bytes;
    }

    List<MemoryEvent> toEvents() {
        List<MemoryEvent> events = new ArrayList<>(count);
        for (int event = 0; event < count; event++) {
            events.add(toEvent(event, event * WIDTH));
        }
        return events;
    }

    private MemoryEvent toEvent(int event, int at) {
        List<Long> args = new ArrayList<>(ARGUMENTS);
        for (int i = 0; i < ARGUMENTS; i++) {
            args.add(words[at + ARGS + i]);
        }
        boolean failed = words[at + FAILED] != 0;
        return new MemoryEvent(
                event,
                (int) words[at + PID],
                (int) words[at + TID],
                words[at + NANOS],
                call(event).title(),
                args,
                failed ? 0 : words[at + RESULT],
                failed ? (int) -words[at + RESULT] : null,
                words[at + INSTRUCTION],
                words[at + FILE] < 0 ? null : files.get((int) words[at + FILE]),
                words[at + EXTENT] < 0 ? null : words[at + EXTENT],
                Origin.UNKNOWN,
                toCause(at));
    }

    private @Nullable UserCall toCause(int at) {
        int operation = (int) words[at + OPERATION];
        if (operation == 0) {
            return null;
        }
        return ProbeOperation.of(operation)
                .toCall(
                        words[at + SIZE],
                        words[at + POINTER],
                        words[at + SITE] == 0 ? null : CallSite.at(words[at + SITE]));
    }
}
