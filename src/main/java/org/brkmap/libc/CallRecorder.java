package org.brkmap.libc;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;

/**
 * Waits as {@link Waiter} does, and meanwhile notes the plain memory calls of one tracee by itself (src/main/c/record.c): three
 * system calls a stop, with no way into the JVM and back for each. Not thread-safe; one for each tracer.
 */
public final class CallRecorder {
    public static final int PID = 0;
    public static final int TID = 8;
    public static final int SLOT = 16;
    public static final int SLOTS_TAKEN = 24;
    public static final int LOADER_START = 32;
    public static final int LOADER_END = 40;
    public static final int ORIGIN = 48;
    public static final int EVENTS = 56;
    public static final int ROOM = 64;
    public static final int CALLS = 72;
    public static final int STATUS = 136;
    public static final int BEGUN = 144;
    public static final int UNDER_WAY = 152;
    public static final int INNER_TID = 160;
    public static final int BYTES = 168;

    /** The library's functions; registered with its path, which is known only when it has been compiled. */
    private static final class Library {
        private static boolean loaded;

        static synchronized boolean load(String path) {
            if (!loaded) {
                try {
                    Native.register(Library.class, path);
                    loaded = true;
                } catch (UnsatisfiedLinkError e) {
                    return false;
                }
            }
            return true;
        }

        static native int brkmap_record(long target, long probe, long words);
    }

    private final Memory target = CLibrary.memory(BYTES);
    private final Memory words;
    private final int width;

    /**
     * Loads the library; all recorders of this JVM are of the first.
     *
     * @return false where that cannot be: on a file system without execution, say, or for a name that the JVM's locale lacks
     */
    public static boolean load(String path) {
        return Library.load(path);
    }

    /**
     * Makes one; the library must have been loaded.
     *
     * @param room for so many events it keeps words, before it comes back
     * @param width words of an event
     */
    public CallRecorder(int room, int width) {
        this.width = width;
        words = CLibrary.memory(8L * room * width);
        target.clear();
        target.setLong(ROOM, room);
    }

    /** Has calls of this number noted. */
    public void note(int call) {
        long at = CALLS + call / 64 * 8L;
        target.setLong(at, target.getLong(at) | 1L << call % 64);
    }

    /** Sets what is told of the target: one of the offsets from {@link #PID} to {@link #EVENTS}. */
    public void set(int what, long value) {
        target.setLong(what, value);
    }

    /**
     * Waits until a child of the calling thread ends or stops, but for the target's stops at calls that are noted.
     *
     * @param probe address of the probe's memory, or 0
     * @return its id, or −1 if there is none left
     */
    public int waitFor(long probe) throws NativeException {
        int tid = Library.brkmap_record(Pointer.nativeValue(target), probe, Pointer.nativeValue(words));
        if (tid == -1 && CLibrary.errno() != Errno.ECHILD) {
            throw NativeException.last("waiting for the observed program");
        }
        return tid;
    }

    /** The status of the child that the last wait returned, for {@link WaitStatus}. */
    public int status() {
        return (int) target.getLong(STATUS);
    }

    /** How many calls began during the last wait. */
    public int begun() {
        return (int) target.getLong(BEGUN);
    }

    /** Whether the target is still in the last of them. */
    public boolean underWay() {
        return target.getLong(UNDER_WAY) != 0;
    }

    /** Copies the words of the calls that began during the last wait. */
    public void copy(long[] into, int from) {
        words.read(0, into, from, begun() * width);
    }
}
