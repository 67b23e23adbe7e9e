package org.brkmap.observe;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.brkmap.libc.NativeException;
import org.brkmap.libc.SharedMemory;
import org.brkmap.model.AllocatorCall;
import org.brkmap.model.AllocatorCounts;
import org.brkmap.model.CallSite;
import org.jspecify.annotations.Nullable;

/**
 * The memory shared with the malloc probe, by the layout of src/main/c/probe_layout.h. A hostile program can write anything
 * there: what it says is used as a name for what the kernel showed, and every number is bounded.
 */
final class ProbeMemory implements AutoCloseable {
    static final int MAGIC = 0x70616d6b;
    static final int VERSION = 1;
    static final int SLOTS = 4096;
    static final int SLOT_BYTES = 128;
    static final int LOG_ENTRIES = 65536;
    static final int CALL_BYTES = 64;
    static final int HEADER_BYTES = 128;
    static final int SLOTS_TAKEN = 8;
    static final int CALLS_LOGGED = 16;
    static final int EVENTS = 24;

    private static final int LOG = HEADER_BYTES + SLOTS * SLOT_BYTES;

    private final SharedMemory memory;
    private final ByteBuffer buffer;
    private final Map<Integer, Integer> slotOfThread = new HashMap<>();
    private final Map<Integer, Integer> firstSlotOfImage = new HashMap<>();
    private final Numbers numbers;
    private int begun;

    /** What processes and threads are called where the probe runs, and here. */
    interface Numbers {
        /** One namespace for both. */
        Numbers SAME = new Numbers() {
            @Override
            public int there(int here) {
                return here;
            }

            @Override
            public int here(int there) {
                return there;
            }
        };

        /** What the thread of this number here calls itself. */
        int there(int here);

        /** Who calls itself so; the same number if that is unknown. */
        int here(int there);
    }

    ProbeMemory() throws NativeException {
        this(Numbers.SAME);
    }

    ProbeMemory(Numbers numbers) throws NativeException {
        this.numbers = numbers;
        memory = SharedMemory.create("brkmap-probe", LOG + (long) LOG_ENTRIES * CALL_BYTES);
        buffer = memory.buffer();
        buffer.putInt(0, MAGIC);
        buffer.putInt(4, VERSION);
    }

    String path() {
        return memory.path();
    }

    int descriptor() {
        return memory.descriptor();
    }

    /** Tells the probe how many events have begun. */
    void eventsBegun(int count) {
        begun = count;
        buffer.putLong(EVENTS, count);
    }

    /** From now on the process is another program, or a new one: what was counted under its number before is not its own. */
    void imageStarted(int pid) {
        firstSlotOfImage.put(pid, slotsTaken());
        slotOfThread.remove(pid);
    }

    /** Writes the call the task is in now, if any, beside the event. */
    void nameCause(EventLog log, int event, int tid, boolean inLoader) {
        int slot = slotOf(tid);
        if (slot < 0) {
            return;
        }
        if (buffer.getInt(slot + 8) != 0) {
            log.cause(
                    event,
                    ProbeOperation.of(buffer.getInt(slot + 12)).number(),
                    buffer.getLong(slot + 16),
                    buffer.getLong(slot + 24),
                    buffer.getLong(slot + 32));
        } else if (inLoader && buffer.getLong(slot + 80) != 0) {
            log.cause(event, ProbeOperation.DLOPEN.number(), 0, 0, buffer.getLong(slot + 80));
        }
    }

    /** The place in the program of the call the task is in now, or 0. */
    long siteOf(int tid) {
        int slot = slotOf(tid);
        return slot < 0 || buffer.getInt(slot + 8) == 0 ? 0 : buffer.getLong(slot + 32);
    }

    /** Where the task's slot is, or −1. A thread that executed another program, or an id used again, has a newer one. */
    private int slotOf(int tid) {
        int known = slotOfThread.getOrDefault(tid, -1);
        int there = numbers.there(tid);
        int found = known >= 0 && buffer.getInt(known) != there ? -1 : known;
        int from = found < 0 ? 0 : (found - HEADER_BYTES) / SLOT_BYTES + 1;
        for (int slot = from, end = slotsTaken(); slot < end; slot++) {
            int at = HEADER_BYTES + slot * SLOT_BYTES;
            if (buffer.getInt(at) == there) {
                found = at;
            }
        }
        if (found != known) {
            slotOfThread.put(tid, found);
        }
        return found;
    }

    private int slotsTaken() {
        return (int) Math.min(slotsClaimed(), SLOTS);
    }

    /** How many threads have asked for a slot, which may be more than there are. */
    long slotsClaimed() {
        return Integer.toUnsignedLong(buffer.getInt(SLOTS_TAKEN));
    }

    /** What the thread calls itself. */
    int numberThere(int tid) {
        return numbers.there(tid);
    }

    /** Which slot is the task's, counted from 0; −1 if it has none. */
    int slotNumber(int tid) {
        int slot = slotOf(tid);
        return slot < 0 ? -1 : (slot - HEADER_BYTES) / SLOT_BYTES;
    }

    /** Where the memory lies in this process. */
    long address() {
        return memory.address();
    }

    /** Sums a process's threads; null if it never called, as a program without the probe. */
    @Nullable AllocatorCounts counts(int pid) {
        long[] sums = new long[5];
        boolean any = false;
        int there = numbers.there(pid);
        for (int slot = firstSlotOfImage.getOrDefault(pid, 0), end = slotsTaken(); slot < end; slot++) {
            int at = HEADER_BYTES + slot * SLOT_BYTES;
            if (buffer.getInt(at + 4) == there) {
                any = true;
                for (int i = 0; i < sums.length; i++) {
                    sums[i] += buffer.getLong(at + 40 + 8 * i);
                }
            }
        }
        return any ? new AllocatorCounts(sums[0], sums[1], sums[2], sums[3], sums[4]) : null;
    }

    /** The calls in the log's order. A thread may be held up between taking its place there and reading the count of events. */
    List<AllocatorCall> calls() {
        List<AllocatorCall> calls = new ArrayList<>();
        long events = 0;
        for (int i = 0, end = (int) Math.min(logged(), LOG_ENTRIES); i < end; i++) {
            int at = LOG + i * CALL_BYTES;
            ProbeOperation operation = ProbeOperation.of(buffer.getInt(at + 16));
            if (buffer.getLong(at) == i + 1L && operation != ProbeOperation.NONE) {
                long site = buffer.getLong(at + 48);
                events = Math.max(events, Math.min(begun, buffer.getLong(at + 56)));
                calls.add(new AllocatorCall(
                        i,
                        events,
                        numbers.here(buffer.getInt(at + 12)),
                        numbers.here(buffer.getInt(at + 8)),
                        operation.toCall(
                                buffer.getLong(at + 24), buffer.getLong(at + 32), site == 0 ? null : CallSite.at(site)),
                        buffer.getLong(at + 40)));
            }
        }
        return calls;
    }

    /** Calls the log had no room for. */
    long dropped() {
        return Math.max(0, logged() - LOG_ENTRIES);
    }

    private long logged() {
        return Math.max(0, buffer.getLong(CALLS_LOGGED));
    }

    @Override
    public void close() {
        memory.close();
    }
}
