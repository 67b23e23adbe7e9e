package lab8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.brkmap.analyse.Analysis;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Recipe;
import org.brkmap.model.AddressRange;
import org.brkmap.model.Mapping;
import org.brkmap.model.Role;
import org.brkmap.model.Snapshot;
import org.brkmap.observe.MemoryCopy;

/** The bytes of [stack] while a program stood at a checkpoint, by /proc/PID/mem (proc_pid_mem(5)). */
final class StackMemory {
    private final Snapshot snapshot;
    private final AddressRange stack;
    private final ByteBuffer bytes;

    private StackMemory(Snapshot snapshot, AddressRange stack, ByteBuffer bytes) {
        this.snapshot = snapshot;
        this.stack = stack;
        this.bytes = bytes;
    }

    /** Runs a program, and reads its stack as it was at the first checkpoint whose label begins so. */
    static StackMemory of(Bench bench, Recipe recipe, String label) {
        MemoryCopy copy = new MemoryCopy(row -> row.backing().isLabelled("[stack]"));
        Analysis run = bench.observe(recipe, copy);
        Snapshot snapshot = Stacks.at(run, label);
        Mapping stack = Stacks.stack(snapshot);
        ByteBuffer bytes = copy.at(snapshot, stack.range().start())
                .orElseThrow(() -> bench.notChecked("the memory of a process cannot be read here"));
        return new StackMemory(snapshot, stack.range(), bytes);
    }

    /** The addresses at which these bytes lie, from low to high. */
    List<Long> find(byte[] wanted) {
        List<Long> found = new ArrayList<>();
        for (int at = 0; at + wanted.length <= bytes.limit(); at++) {
            if (ByteBuffer.wrap(wanted).equals(bytes.slice(at, wanted.length))) {
                found.add(stack.start() + at);
            }
        }
        return found;
    }

    /** The eight bytes at an address, as a number. */
    long word(long address) {
        return bytes.getLong((int) (address - stack.start()));
    }

    AddressRange stack() {
        return stack;
    }

    /** Whether an address lies in the program's code. */
    boolean isCode(long address) {
        return snapshot.mappingAt(address)
                .filter(row -> row.role() == Role.PROGRAM_TEXT)
                .isPresent();
    }
}
