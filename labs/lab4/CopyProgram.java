package lab4;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.brkmap.analyse.Analysis;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Recipe;
import org.brkmap.model.CheckpointKind;
import org.brkmap.model.MemoryEvent;
import org.brkmap.model.Snapshot;
import org.brkmap.toolchain.Tool;
import org.brkmap.toolchain.ToolResult;

/** A copy program as the student wrote it: how it is run, watched and not watched. */
final class CopyProgram {
    static final long MIB = 1 << 20;
    static final String IN = Inputs.FOLDER + "in.dat";
    static final String OUT = Inputs.FOLDER + "out.dat";

    /** The umask, and what a loop without an end may use up. A block of ulimit -f is 512 bytes, or 1 KiB. */
    private static final String SCRIPT = "umask 027; ulimit -f 131072; ulimit -t 10; exec \"$0\" \"$@\"";

    /** A length that no buffer's is a part of. */
    private static final String LIMIT = "ulimit -f 129";

    /** What is beyond the limit is refused, and by no signal. */
    private static final String LIMITED = "trap '' XFSZ; " + LIMIT + "; ulimit -t 10; exec \"$0\" \"$@\"";

    private static final Pattern LENGTH = Pattern.compile("(?m)^Max file size +(\\d+) ");

    private final Bench bench;
    private final Recipe recipe;

    CopyProgram(Bench bench, Recipe recipe) {
        this.bench = bench;
        this.recipe = recipe;
    }

    /** Where the program lies that was built. */
    String path() {
        return bench.build(recipe).executable().toString();
    }

    /**
     * Copies 1 MiB under observation, where a program that loops, forks or prints without an end is bounded; nothing is run
     * outside before that has ended well.
     */
    Analysis observe() {
        bench.prepare(() -> {
            Inputs.file(bench, "in.dat", MIB);
            Inputs.none(bench, "out.dat");
        });
        return bench.observe(recipe.arguments(IN, OUT).ulimit("-f 131072"));
    }

    /** One process does it, and stays the program that was built. */
    void doesItItself(Analysis run) {
        List<Snapshot> snapshots = run.observation().snapshots();
        assertThat(snapshots.stream().map(Snapshot::pid).distinct().count())
                .as("processes that took part in the copy")
                .isEqualTo(1);
        Snapshot last = snapshots.stream()
                .filter(snapshot -> snapshot.kind() == CheckpointKind.EXEC)
                .reduce((earlier, later) -> later)
                .orElseThrow(() -> new AssertionError("the program was not seen to start"));
        assertThat(Objects.requireNonNull(last.layout(), "where the program lies")
                        .executable())
                .as("the program that does the copy")
                .isEqualTo(path());
    }

    /** No call moves data from file to file past the program's memory. */
    void leavesNothingToTheKernel(Analysis run) {
        assertThat(run.observation().copiesByTheKernel())
                .as("calls that move data without a buffer or a mapping of yours")
                .isEmpty();
    }

    /** The calls that mapped a file of this name. */
    static List<MemoryEvent> mappingsOf(Analysis run, String name) {
        return run.observation().events().stream()
                .filter(event -> event.call().equals("mmap") && event.succeeded())
                .filter(event -> event.file() != null && event.file().endsWith("/" + name))
                .toList();
    }

    /** What a copy of 1 MiB moves by read, write and their like, beyond what a copy of one byte does. */
    Io moves() {
        Inputs.file(bench, "one.dat", 1);
        Inputs.file(bench, "in.dat", MIB);
        Inputs.none(bench, "out.dat");
        Io large = Io.of(bench, path(), IN, OUT);
        Inputs.none(bench, "out.dat");
        return large.less(Io.of(bench, path(), Inputs.FOLDER + "one.dat", OUT));
    }

    /** Runs it unwatched, under umask 027, in the project's root. */
    ToolResult run(String source, String destination) {
        return run(bench, List.of("sh", "-c", SCRIPT, path(), source, destination));
    }

    /** The same where a file may have {@link #limit()} bytes and no more. */
    ToolResult runLimited(String source, String destination) {
        return run(bench, List.of("sh", "-c", LIMITED, path(), source, destination));
    }

    /** The bytes that a file may have then: whether a block is 512 of them or 1024 is up to the shell. */
    long limit() {
        Matcher length = LENGTH.matcher(run(bench, List.of("sh", "-c", LIMIT + "; cat /proc/self/limits"))
                .stdout());
        if (!length.find()) {
            throw bench.notChecked("/proc/self/limits does not tell the limit that " + LIMIT + " sets");
        }
        return Long.parseLong(length.group(1));
    }

    static ToolResult run(Bench bench, List<String> command) {
        try {
            ToolResult result = Tool.of(command)
                    .in(bench.file(""))
                    .wallLimit(Duration.ofSeconds(5))
                    .outputLimit(1 << 16)
                    .run();
            assertThat(result.timedOut())
                    .as("whether it hangs: 5 seconds have passed")
                    .isFalse();
            assertThat(result.truncated())
                    .as("whether it prints without an end")
                    .isFalse();
            return result;
        } catch (IOException e) {
            throw bench.notChecked("it cannot be run here: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw bench.notChecked("interrupted");
        }
    }
}
