package lab8;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.brkmap.analyse.Analysis;
import org.brkmap.lab.Bench;
import org.brkmap.model.CheckpointKind;
import org.brkmap.model.Ending;
import org.brkmap.model.Mapping;
import org.brkmap.model.Role;
import org.brkmap.model.Snapshot;
import org.brkmap.model.ThreadState;
import org.brkmap.model.Usage;
import org.brkmap.toolchain.Tool;

/** How the checks of this lab read the stack of the first thread. */
final class Stacks {
    static final long KIB = 1024;

    private static final Pattern ADDRESS = Pattern.compile("touched 0x([0-9a-f]+)");

    private Stacks() {}

    /** The first snapshot whose label begins so. */
    static Snapshot at(Analysis run, String label) {
        return run.observation().snapshots().stream()
                .filter(snapshot -> snapshot.label().startsWith(label))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the program never stopped at \"" + label + "\""));
    }

    /** The snapshot of the moment at which a signal was about to end the program. */
    static Snapshot atCrash(Analysis run) {
        return run.observation().snapshots().stream()
                .filter(snapshot -> snapshot.kind() == CheckpointKind.CRASH)
                .reduce((earlier, later) -> later)
                .orElseThrow(() -> new AssertionError("no fatal signal was seen: "
                        + run.observation().ending().describe()));
    }

    /** The row that the kernel calls [stack]. */
    static Mapping stack(Snapshot snapshot) {
        return rows(snapshot, Role.STACK).stream()
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no [stack] at \"" + snapshot.label() + "\""));
    }

    static List<Mapping> rows(Snapshot snapshot, Role role) {
        return snapshot.mappings().stream().filter(row -> row.role() == role).toList();
    }

    /** Bytes of [stack] at a checkpoint. */
    static long size(Analysis run, String label) {
        return stack(at(run, label)).size();
    }

    /** Bytes of [stack] in memory at a checkpoint. */
    static long resident(Analysis run, String label) {
        return resident(stack(at(run, label)));
    }

    static long resident(Mapping row) {
        Usage usage = Objects.requireNonNull(row.usage(), "smaps was not read here");
        return usage.rss();
    }

    /** The stack pointer of the first thread. */
    static long pointer(Snapshot snapshot) {
        return snapshot.threads().stream()
                .filter(thread -> thread.tid() == snapshot.pid())
                .findFirst()
                .map(Stacks::pointer)
                .orElseThrow(() -> new AssertionError("the first thread is gone at \"" + snapshot.label() + "\""));
    }

    static long pointer(ThreadState thread) {
        return Objects.requireNonNull(thread.stackPointer(), "the stack pointer was not read here");
    }

    /** The address at fault; the check fails if the program did not die of touching one. */
    static long touched(Ending ending) {
        Matcher hex = ADDRESS.matcher(String.valueOf(ending.detail()));
        if (!"SIGSEGV".equals(ending.signal()) || !hex.find()) {
            throw new AssertionError("it should die of SIGSEGV, by touching an address; it was " + ending.describe()
                    + (ending.detail() == null ? "" : " (" + ending.detail() + ")"));
        }
        return Long.parseUnsignedLong(hex.group(1), 16);
    }

    /** Leaves the check unless the shell may set the stack's limit to so many KiB. */
    static void needsLimit(Bench bench, long kib) {
        try {
            String hard = Tool.of("sh", "-c", "ulimit -H -s").run().stdout().strip();
            bench.needs(
                    hard.equals("unlimited") || Long.parseLong(hard) >= kib,
                    "it needs a stack limit of " + kib + " KiB, and ulimit -H -s allows only " + hard);
        } catch (IOException | NumberFormatException e) {
            throw bench.notChecked("ulimit -H -s does not tell the limit: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw bench.notChecked("interrupted");
        }
    }
}
