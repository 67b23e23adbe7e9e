package org.brkmap.libc;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;

/** Starting and signalling processes, and choosing their CPU. Thread-safe. */
public final class Processes {
    private static final int AFFINITY_BYTES = 128;

    private Processes() {}

    /**
     * Starts a program with {@code terminal} on its descriptors 0, 1 and 2 (posix_spawn(3)). It must not be started by the
     * JDK: the JVM would wait for it, and steal the tracer's stops.
     *
     * @param path an absolute path
     * @param environment entries {@code NAME=VALUE}
     * @param handed descriptors that it gets besides, by the number it is to find them under
     * @return its process id
     */
    public static int spawn(
            String path, List<String> argv, List<String> environment, int terminal, Map<Integer, Integer> handed)
            throws NativeException {
        try (Memory actions = CLibrary.memory(256);
                Memory pid = CLibrary.memory(4);
                StringVector arguments = new StringVector(argv);
                StringVector variables = new StringVector(environment)) {
            long actionsAddress = Pointer.nativeValue(actions);
            CLibrary.posix_spawn_file_actions_init(actionsAddress);
            try {
                for (int fd = 0; fd <= 2; fd++) {
                    CLibrary.posix_spawn_file_actions_adddup2(actionsAddress, terminal, fd);
                }
                handed.forEach((number, fd) -> CLibrary.posix_spawn_file_actions_adddup2(actionsAddress, fd, number));
                int error = CLibrary.posix_spawn(
                        Pointer.nativeValue(pid), path, actionsAddress, 0, arguments.address(), variables.address());
                if (error != 0) {
                    throw new NativeException("starting " + path, error);
                }
                return pid.getInt(0);
            } finally {
                CLibrary.posix_spawn_file_actions_destroy(actionsAddress);
            }
        }
    }

    /** Sends a signal; false if there is no such process. */
    public static boolean kill(int pid, Signal signal) {
        if (pid <= 0) {
            throw new IllegalArgumentException("not a single process: " + pid);
        }
        return CLibrary.kill(pid, signal.number()) == 0;
    }

    /**
     * Sends a signal to a whole process group, of which none escapes by fork meanwhile (kill(2)); false if there is no such group.
     *
     * @param leader the process that began the group, which may have ended
     */
    public static boolean killGroup(int leader, Signal signal) {
        if (leader <= 1) {
            throw new IllegalArgumentException("not the group of a program that was started: " + leader);
        }
        return CLibrary.kill(-leader, signal.number()) == 0;
    }

    /** The CPUs the calling thread may run on, as a mask to give back to {@link #setAffinity}. */
    public static byte[] affinity() {
        try (Memory mask = CLibrary.memory(AFFINITY_BYTES)) {
            mask.clear();
            CLibrary.sched_getaffinity(0, AFFINITY_BYTES, Pointer.nativeValue(mask));
            return mask.getByteArray(0, AFFINITY_BYTES);
        }
    }

    /** Binds the calling thread, and what it starts from now on, to these CPUs; false where that is refused. */
    public static boolean setAffinity(byte[] mask) {
        try (Memory memory = CLibrary.memory(AFFINITY_BYTES)) {
            memory.write(0, mask, 0, AFFINITY_BYTES);
            return CLibrary.sched_setaffinity(0, AFFINITY_BYTES, Pointer.nativeValue(memory)) == 0;
        }
    }

    /** An array of C strings, ended by NULL, in the machine's own encoding of names. */
    private static final class StringVector implements AutoCloseable {
        private final Memory vector;
        private final Memory bytes;

        StringVector(List<String> strings) {
            Charset charset = NativeNames.CHARSET;
            List<byte[]> encoded =
                    strings.stream().map(string -> string.getBytes(charset)).toList();
            bytes = CLibrary.memory(
                    1 + encoded.stream().mapToLong(text -> text.length + 1L).sum());
            vector = CLibrary.memory(8L * (strings.size() + 1));
            long at = 0;
            for (int i = 0; i < encoded.size(); i++) {
                byte[] text = encoded.get(i);
                vector.setLong(8L * i, Pointer.nativeValue(bytes) + at);
                bytes.write(at, text, 0, text.length);
                bytes.setByte(at + text.length, (byte) 0);
                at += text.length + 1L;
            }
            vector.setLong(8L * strings.size(), 0);
        }

        long address() {
            return Pointer.nativeValue(vector);
        }

        @Override
        public void close() {
            vector.close();
            bytes.close();
        }
    }
}
