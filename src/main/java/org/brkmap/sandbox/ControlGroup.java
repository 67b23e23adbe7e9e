package org.brkmap.sandbox;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.brkmap.procfs.ControlGroups;
import org.brkmap.procfs.ProcFs;

/**
 * A control group (cgroups(7)) for all that is built and run for one submission: it bounds what they hold together, memory that
 * has no name and is nobody's private memory included, and what is in it can be ended at once. For one thread.
 *
 * <p>Of version 2 is made {@code brkmap-PID-N} with two groups in it, one for the worker that starts the programs, one for these;
 * of version 1, where any process may enter a group of its user's, {@code brkmap-PID-N} for memory, and again for processes.
 */
public final class ControlGroup implements AutoCloseable {
    private static final String NAME = "brkmap-";
    private static final String MEMBERS = "cgroup.procs";
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** In the order in which they are removed. */
    private final List<Path> made = new ArrayList<>();

    private final boolean isUnified;
    private final Bounds bounds;
    private Path memory;
    private Path processes;
    private List<Path> worker = List.of();
    private boolean isMade;

    private ControlGroup(boolean isUnified, Bounds bounds, Path memory, Path processes) {
        this.isUnified = isUnified;
        this.bounds = bounds;
        this.memory = memory;
        this.processes = processes;
    }

    /**
     * Makes one.
     *
     * @param slot from 0; this JVM has one for each
     * @param user who is to put programs into it
     * @throws IOException if there are none here, or this user may not make one; the message says why
     */
    public static ControlGroup make(int slot, User user, Bounds bounds) throws IOException {
        ControlGroups own = ProcFs.live().controlGroups();
        String name = NAME + ProcessHandle.current().pid() + "-" + slot;
        Optional<Path> memory = own.of("memory");
        Optional<Path> processes = own.of("pids");
        ControlGroup group;
        if (memory.isPresent() && processes.isPresent()) {
            group = new ControlGroup(
                    false, bounds, memory.get().resolve(name), processes.get().resolve(name));
        } else {
            Path folder = delegating(own.unified()
                            .orElseThrow(
                                    () -> new IOException("no control groups for memory and processes are mounted")))
                    .resolve(name);
            group = new ControlGroup(true, bounds, folder, folder);
        }
        try {
            group.make(user);
            group.isMade = true;
            return group;
        } catch (IOException | UnsupportedOperationException e) {
            group.close();
            throw new IOException("no control group can be made: " + e.getMessage(), e);
        }
    }

    /** The nearest group upwards that hands both controllers on: one with processes in it hands on none. */
    private static Path delegating(Path own) throws IOException {
        for (Path folder = own; folder != null && Files.exists(folder.resolve(MEMBERS)); folder = folder.getParent()) {
            List<String> handed =
                    List.of(read(folder.resolve("cgroup.subtree_control")).split("\\s+"));
            if (handed.containsAll(List.of("memory", "pids"))) {
                return folder;
            }
        }
        throw new IOException("no control group above " + own + " hands memory and pids on");
    }

    private void make(User user) throws IOException {
        removeForgotten();
        if (isUnified) {
            Path all = create(memory);
            write(all, "cgroup.subtree_control", "+memory +pids");
            Path starters = create(all.resolve("worker"));
            Path programs = create(all.resolve("programs"));
            // Whoever moves a process writes to the group above both, too.
            for (Path folder : List.of(all, starters, programs)) {
                user.own(folder.resolve(MEMBERS));
            }
            memory = programs;
            processes = programs;
            worker = List.of(starters.resolve(MEMBERS));
            write(memory, "memory.max", String.valueOf(bounds.memoryBytes()));
            writeIfKnown(memory, "memory.swap.max", "0");
        } else {
            for (Path folder : List.of(memory, processes)) {
                user.own(create(folder).resolve(MEMBERS));
            }
            write(memory, "memory.limit_in_bytes", String.valueOf(bounds.memoryBytes()));
            writeIfKnown(memory, "memory.memsw.limit_in_bytes", String.valueOf(bounds.memoryBytes()));
        }
        write(processes, "pids.max", String.valueOf(most()));
    }

    /** The compiler's processes and bubblewrap's count, too. */
    private int most() {
        return 2 * bounds.processes();
    }

    private Path create(Path folder) throws IOException {
        Files.createDirectory(folder);
        made.add(0, folder);
        return folder;
    }

    /** The groups of JVMs that were killed. */
    private void removeForgotten() throws IOException {
        for (Path folder : List.of(memory, processes)) {
            try (DirectoryStream<Path> groups = Files.newDirectoryStream(parent(folder), NAME + "*-*")) {
                for (Path group : groups) {
                    String pid = String.valueOf(group.getFileName()).split("-", -1)[1];
                    if (pid.matches("\\d{1,9}")
                            && ProcessHandle.of(Long.parseLong(pid)).isEmpty()) {
                        removeQuietly(group);
                    }
                }
            }
        }
    }

    private static void removeQuietly(Path group) {
        try {
            remove(group.resolve("worker"));
            remove(group.resolve("programs"));
            remove(group);
        } catch (IOException inUse) {
            // It is another user's, or what was in it still ends; the next one tries again.
            return;
        }
    }

    private static Path parent(Path folder) throws IOException {
        Path parent = folder.getParent();
        if (parent == null) {
            throw new IOException(folder + " lies nowhere");
        }
        return parent;
    }

    /** What a program enters: files to which it writes 0. */
    public List<Path> entries() {
        return memory.equals(processes)
                ? List.of(memory.resolve(MEMBERS))
                : List.of(memory.resolve(MEMBERS), processes.resolve(MEMBERS));
    }

    /** What the worker enters before it starts programs that do; none if it may stay where it is. */
    public List<Path> workerEntries() {
        return worker;
    }

    /** In a few words. */
    public String describe() {
        return (bounds.memoryBytes() >> 20) + " MiB and " + most() + " processes together (cgroup v"
                + (isUnified ? 2 : 1) + ")";
    }

    /** How many programs the kernel has ended so far because all of them held more than they may. */
    public long endedForMemory() throws IOException {
        return read(memory.resolve(isUnified ? "memory.events" : "memory.oom_control"))
                .lines()
                .filter(line -> line.startsWith("oom_kill "))
                .mapToLong(line -> Long.parseLong(line.substring("oom_kill ".length())))
                .sum();
    }

    /**
     * Ends all that is in it, however it multiplies.
     *
     * @throws IOException if something is left after ten seconds
     */
    public void empty() throws IOException {
        List<Long> left = members();
        if (left.isEmpty()) {
            return;
        }
        write(processes, "pids.max", "0");
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        do {
            if (Files.exists(memory.resolve("cgroup.kill"))) {
                write(memory, "cgroup.kill", "1");
            } else {
                left.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
            }
            LockSupport.parkNanos(1_000_000);
            left = members();
        } while (!left.isEmpty() && System.nanoTime() < deadline);
        write(processes, "pids.max", String.valueOf(most()));
        if (!left.isEmpty()) {
            throw new IOException("processes " + left + " of a submission cannot be ended");
        }
    }

    private List<Long> members() throws IOException {
        List<Long> members = new ArrayList<>();
        for (Path entry : entries()) {
            read(entry).lines().map(Long::valueOf).forEach(members::add);
        }
        return members.stream().distinct().toList();
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file).strip();
    }

    private static void write(Path folder, String file, String value) throws IOException {
        Files.writeString(folder.resolve(file), value, StandardOpenOption.WRITE);
    }

    private static void writeIfKnown(Path folder, String file, String value) throws IOException {
        if (Files.exists(folder.resolve(file))) {
            write(folder, file, value);
        }
    }

    private static void remove(Path folder) throws IOException {
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            Files.delete(folder);
        }
    }

    /** The kernel may still bury what was in it; what cannot be removed now is removed by who makes one next. */
    private static void removeInTime(Path folder) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (System.nanoTime() < deadline) {
            try {
                remove(folder);
                return;
            } catch (IOException inUse) {
                LockSupport.parkNanos(1_000_000);
            }
        }
    }

    /** Ends what is in it, and removes it. */
    @Override
    public void close() throws IOException {
        if (isMade) {
            isMade = false;
            empty();
        }
        made.forEach(ControlGroup::removeInTime);
        made.clear();
    }
}
