package lab7;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.List;
import org.brkmap.lab.Bench;
import org.brkmap.libc.Signal;
import org.brkmap.toolchain.Tool;

/** Whether memdump stops a process as it should, and lets it go on. Each demand throws an AssertionError if it is not met. */
final class Holding {
    private static final String HEAP = "[heap]";

    private final Bench bench;
    private final Memdump memdump;

    Holding(Bench bench, Memdump memdump) {
        this.bench = bench;
        this.memdump = memdump;
    }

    /** A signal that was sent has not arrived yet: late writes to its heap between the two. */
    void waitsUntilItStands() {
        try (Ground ground = Ground.with(bench, Spaces.late())) {
            String dump = memdump.none("late.dump");
            Memdump.succeeds(memdump.on(ground, HEAP, dump), "the heap of late");
            byte[] found = memdump.bytes(dump);
            assertThat(found).as("the dump of late's heap").isNotEmpty();
            assertThat((char) found[0])
                    .as(
                            "what the dump of late's heap begins with: 'a' stood there until the process stood still, and 'b' from"
                                    + " then on. Stop it, and wait until the kernel says T")
                    .isEqualTo('b');
        }
    }

    /** After a dump, and after each kind of failure. */
    void letsItGoOn() {
        try (Ground ground = Ground.with(bench, Spaces.of("a heap", "heap", 200_000))) {
            Memdump.succeeds(memdump.on(ground, HEAP, memdump.none("go.dump")), HEAP);
            runs(ground, "after a dump");
            memdump.on(ground, "[no such row]", memdump.none("go.dump"));
            runs(ground, "after memdump was asked for a name that is not there");
            memdump.on(ground, HEAP, Ground.FOLDER + "no such folder/heap.dump");
            runs(ground, "after memdump could not open its file");
            memdump.on(ground, HEAP, "/dev/full");
            runs(ground, "after memdump could not write to its file, /dev/full");
            memdump.on(ground, "[vvar]", memdump.none("go.dump"));
            runs(ground, "after memdump could not read [vvar]");
        }
    }

    private static void runs(Ground ground, String when) {
        assertThat(ground.target().state())
                .as("state of the process %s, which shall run: S is asleep, R runs, T stopped, X gone", when)
                .isIn('S', 'R');
    }

    /** Ctrl-C while it writes to somebody who does not read. */
    void letsItGoOnWhenInterrupted() {
        for (Signal signal : List.of(Signal.SIGTERM, Signal.SIGINT)) {
            String pipe = memdump.none("pipe");
            try (Ground ground = Ground.with(bench, Spaces.of("a heap larger than a pipe", "heap", 4_000_000));
                    RandomAccessFile reader = pipe(pipe)) {
                memdump.start(ground, HEAP, pipe);
                byte[] first = new byte[1];
                // It has begun to write, and the pipe holds less than all.
                reader.readFully(first);
                ground.signal(signal.number());
                assertThat(ground.end().status())
                        .as("how memdump ended after %s, while it waited for a reader; null: not at all", signal)
                        .isNotNull();
                runs(ground, "after memdump got " + signal);
            } catch (IOException e) {
                throw bench.notChecked("no pipe can be read here: " + e.getMessage());
            }
        }
    }

    private RandomAccessFile pipe(String name) throws IOException {
        try {
            Tool.of("mkfifo", bench.file(name).toAbsolutePath().toString()).run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        // For reading alone it would wait for a writer, which may never come.
        return new RandomAccessFile(bench.file(name).toFile(), "rw");
    }

    /** Who stopped it lets it go on. */
    void leavesAStoppedOneStopped() {
        try (Ground ground = Ground.with(bench, Spaces.of("a stopped process", "heap", 100_000))) {
            ground.target().stop();
            String dump = memdump.none("stopped.dump");
            Memdump.succeeds(memdump.on(ground, HEAP, dump), "the heap of a process that is stopped");
            assertThat(ground.target().state())
                    .as("state of a process that its user had stopped before: T is stopped")
                    .isEqualTo('T');
            memdump.holds(dump, ground.target().bytes(HEAP), ground.target(), "a process that is stopped");
        }
    }

    /** What is no number of a process is told, and no signal is sent to whom it would mean. */
    void takesNumbersOfProcessesOnly() {
        try (Ground ground = Ground.with(bench, Spaces.of("a bystander", "heap", 50_000))) {
            long pid = Long.parseLong(ground.pid());
            for (String text : List.of(
                    "0",
                    "-1",
                    "-" + pid,
                    "",
                    "self",
                    pid + "x",
                    "4294967296",
                    "4294967295",
                    Long.toString((1L << 32) + pid),
                    "99999999999999999999",
                    "2147483647")) {
                String dump = memdump.none("number.dump");
                String what = "the process number \"" + text + "\"";
                Memdump.fails(memdump.raw(ground, text, HEAP, dump), what);
                assertThat(memdump.length(dump))
                        .as("length of the dump for %s", what)
                        .isZero();
                runs(ground, "beside which memdump was given " + what);
            }
        }
    }
}
