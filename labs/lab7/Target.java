package lab7;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.brkmap.libc.Processes;
import org.brkmap.libc.RemoteMemory;
import org.brkmap.libc.Signal;
import org.brkmap.libc.SystemFacts;
import org.brkmap.model.AddressRange;
import org.brkmap.model.Mapping;
import org.brkmap.procfs.ProcException;
import org.brkmap.procfs.ProcFs;

/** A process whose memory is read: what the kernel says of it. It is traced by nobody. */
final class Target {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);
    private static final int PIECE = 1 << 20;

    private final ProcFs proc = ProcFs.live();
    private final int pid;

    Target(int pid) {
        this.pid = pid;
        awaitState("SD", "did not wait for a key");
    }

    /** The letter of its state: R, S, D, T, t or Z (proc_pid_stat(5)); X if it is gone. */
    char state() {
        try {
            return proc.stat(pid).state();
        } catch (IOException e) {
            return 'X';
        }
    }

    boolean isStopped() {
        return state() == 'T' || state() == 't';
    }

    /** Tells it to stop, as a user would by Ctrl-Z, and waits until it has. */
    void stop() {
        Processes.kill(pid, Signal.SIGSTOP);
        awaitState("T", "did not stop");
    }

    /** Lets it run on. */
    void go() {
        Processes.kill(pid, Signal.SIGCONT);
    }

    private void awaitState(String wanted, String complaint) {
        long deadline = System.nanoTime() + PATIENCE;
        while (wanted.indexOf(state()) < 0) {
            if (System.nanoTime() > deadline) {
                throw new UncheckedIOException(
                        new IOException("process " + pid + " " + complaint + ": its state is " + state()));
            }
            LockSupport.parkNanos(50_000);
        }
    }

    List<Mapping> rows() {
        try {
            return proc.maps(pid);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The rows whose whole last field is this. */
    List<Mapping> rows(String name) {
        return rows().stream().filter(row -> row.backing().name().equals(name)).toList();
    }

    /** The bytes of all rows of that name, with zeros for what cannot be read; the process stands still meanwhile. */
    byte[] bytes(String name) {
        boolean ours = !isStopped();
        if (ours) {
            stop();
        }
        try {
            List<Mapping> rows = rows(name);
            byte[] all = new byte
                    [rows.stream().mapToInt(row -> Math.toIntExact(row.size())).sum()];
            int at = 0;
            for (Mapping row : rows) {
                read(row.range(), all, at);
                at += (int) row.size();
            }
            return all;
        } finally {
            if (ours) {
                go();
            }
        }
    }

    private void read(AddressRange range, byte[] all, int at) {
        int page = SystemFacts.pageSize();
        long done = 0;
        while (done < range.length()) {
            int wanted = (int) Math.min(PIECE, range.length() - done);
            int got = read(range.start() + done, all, at + (int) done, wanted);
            done += got < wanted ? got + page : got;
        }
    }

    /** How many bytes /proc/PID/mem gives for one read; 0 if it refuses. */
    int read(long address, byte[] all, int at, int length) {
        try {
            return proc.readMemory(pid, address, all, at, length);
        } catch (ProcException e) {
            if (e.kind() == ProcException.Kind.UNAVAILABLE) {
                return 0;
            }
            throw new UncheckedIOException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The bytes of all rows of that name by process_vm_readv(2), with zeros for what it does not read. */
    byte[] bytesByCall(String name) {
        RemoteMemory memory = new RemoteMemory();
        int page = SystemFacts.pageSize();
        stop();
        try {
            List<Mapping> rows = rows(name);
            byte[] all = new byte
                    [rows.stream().mapToInt(row -> Math.toIntExact(row.size())).sum()];
            int to = 0;
            for (Mapping row : rows) {
                // The buffer of RemoteMemory is 4096 bytes, whatever a page has.
                for (long at = row.range().start(); at != row.range().end(); at += Math.min(page, 4096)) {
                    var got = memory.read(pid, at, Math.min(page, 4096));
                    got.get(all, to, got.remaining());
                    to += Math.min(page, 4096);
                }
            }
            return all;
        } finally {
            go();
        }
    }

    /** Which row of it these bytes are the beginning of, in words. */
    String whatIs(byte[] dump) {
        int length = Math.min(dump.length, SystemFacts.pageSize());
        byte[] head = Arrays.copyOf(dump, length);
        byte[] there = new byte[length];
        for (Mapping row : rows()) {
            if (length > 0
                    && row.size() >= length
                    && row.range().start() >= 0
                    && read(row.range().start(), there, 0, length) == length
                    && Arrays.equals(head, there)) {
                return "it begins with the bytes of " + row.range() + " "
                        + row.backing().name();
            }
        }
        return "it begins with the bytes of no row of the process";
    }
}
