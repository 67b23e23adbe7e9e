package org.brkmap.observe;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.brkmap.libc.Processes;
import org.brkmap.libc.Signal;

/** Looks at processes from outside, without the harness. */
final class Live {
    /** May fail because what it looks at is gone. */
    interface Condition {
        boolean holds() throws Exception;
    }

    private Live() {}

    /** Fails after a minute. */
    static void await(String what, Condition condition) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (!condition.holds()) {
            if (System.nanoTime() > deadline) {
                fail("a minute went by before %s", what);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    /** Whether it can still do anything; of what is dead, the number may stay until init has heard of it. */
    static boolean lives(int pid) {
        try {
            String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"), StandardCharsets.ISO_8859_1);
            char state = stat.charAt(stat.lastIndexOf(')') + 2);
            return state != 'Z' && state != 'X';
        } catch (IOException e) {
            return false;
        }
    }

    static int threads(int pid) {
        String[] tasks = Path.of("/proc", String.valueOf(pid), "task").toFile().list();
        return tasks == null ? 0 : tasks.length;
    }

    static boolean kill(int pid) {
        return Processes.kill(pid, Signal.SIGKILL);
    }

    /** The processes that execute this program and bear the mark among their arguments. */
    static List<Integer> running(Path program, String mark) throws IOException {
        try (Stream<Path> entries = Files.list(Path.of("/proc"))) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> name.chars().allMatch(Character::isDigit))
                    .map(Integer::valueOf)
                    .filter(pid -> isRunning(pid, program, mark))
                    .toList();
        }
    }

    private static boolean isRunning(int pid, Path program, String mark) {
        Path process = Path.of("/proc", String.valueOf(pid));
        try {
            String arguments = Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
            return List.of(arguments.split("\0")).contains(mark)
                    && Files.readSymbolicLink(process.resolve("exe")).equals(program);
        } catch (IOException e) {
            return false; // it is gone, or none of ours
        }
    }
}
