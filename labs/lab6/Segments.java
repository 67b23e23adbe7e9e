package lab6;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.brkmap.analyse.Analysis;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Recipe;
import org.brkmap.model.Mapping;
import org.brkmap.model.MemoryEvent;
import org.brkmap.model.Snapshot;
import org.brkmap.toolchain.Tool;

/** System V segments: those that a run attached, and those that are left on this machine (proc_sysvipc(5)). */
final class Segments {
    private static final Path LIST = Path.of("/proc/sysvipc/shm");

    private Segments() {}

    /**
     * A segment as the kernel lists it.
     *
     * @param creator the process that made it, which may be gone
     * @param attached how many processes have it attached
     */
    record Segment(int id, long size, int creator, int attached) {
        private static Segment parse(String line) {
            String[] fields = line.strip().split("\\s+");
            return new Segment(
                    Integer.parseInt(fields[1]),
                    Long.parseLong(fields[3]),
                    Integer.parseInt(fields[4]),
                    Integer.parseInt(fields[6]));
        }
    }

    /** A run of the sample. */
    static Recipe recipe(long kib, long bytes, long stride) {
        return Recipe.of("sysv: a segment of " + kib + " KiB, of which a part is touched", "sample-c/sysv/sysv.c")
                .arguments(kib, bytes, stride);
    }

    static Analysis run(Bench bench, long kib, long bytes, long stride) {
        list(bench);
        return bench.observe(recipe(kib, bytes, stride));
    }

    /** Bytes of the segment in memory when the sample has touched it. */
    static long touched(Analysis run) {
        return Processes.usage(row(run, "touched")).rss();
    }

    /** The launched process's row of the segment at a checkpoint. */
    static Mapping row(Analysis run, String label) {
        MemoryEvent attached = attached(run);
        Snapshot snapshot = Processes.at(run, label, Processes.parent(run));
        return Processes.row(snapshot, attached.result());
    }

    /** The launched process's call that attached a segment. */
    static MemoryEvent attached(Analysis run) {
        return Processes.calls(run, "shmat").stream()
                .filter(event -> event.pid() == Processes.parent(run))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the program attached no segment (shmat)"));
    }

    /** The segments that a process of this run made, and that are still there. */
    static List<Segment> leftBy(Analysis run, Bench bench) {
        bench.needsTheMachine();
        Set<Integer> pids =
                run.observation().snapshots().stream().map(Snapshot::pid).collect(Collectors.toSet());
        return list(bench).stream()
                .filter(segment -> pids.contains(segment.creator()))
                .toList();
    }

    /** Removes segments that nobody has attached, and whose maker is gone, if they are of this size. */
    static void sweep(Bench bench, long size) {
        remove(
                bench,
                segment -> segment.size() == size
                        && segment.attached() == 0
                        && ProcessHandle.of(segment.creator()).isEmpty());
    }

    /** Removes what passes, and belongs to this user. */
    private static void remove(Bench bench, Predicate<Segment> unwanted) {
        bench.needsTheMachine();
        for (Segment segment : list(bench)) {
            if (unwanted.test(segment)) {
                try {
                    // Another user's stays, and one that somebody else has just removed is gone.
                    Tool.of("ipcrm", "-m", Integer.toString(segment.id())).run();
                } catch (IOException e) {
                    throw bench.notChecked("a segment that is left could not be removed: " + e.getMessage());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw bench.notChecked("interrupted");
                }
            }
        }
    }

    private static List<Segment> list(Bench bench) {
        try {
            return Files.readAllLines(LIST).stream().skip(1).map(Segment::parse).toList();
        } catch (IOException | NumberFormatException e) {
            throw bench.notChecked("System V segments cannot be listed here: " + e.getMessage());
        }
    }
}
