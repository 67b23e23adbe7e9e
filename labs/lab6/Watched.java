package lab6;

import java.util.BitSet;
import org.brkmap.analyse.Analysis;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Recipe;
import org.brkmap.model.Snapshot;
import org.brkmap.observe.MemoryCopy;
import org.opentest4j.TestAbortedException;

/**
 * A run whose memory was copied at each checkpoint: what may be written, and what is shared.
 *
 * @param run what was seen of it
 * @param memory what stood in its memory
 */
record Watched(Analysis run, MemoryCopy memory) {
    static Watched of(Bench bench, Recipe recipe) {
        MemoryCopy memory = new MemoryCopy(
                row -> row.permissions().write() || row.permissions().shared());
        return new Watched(bench.observe(recipe, memory), memory);
    }

    /** The byte at an address of a process, as a letter. */
    char letter(String label, int pid, long address) {
        Snapshot snapshot = Processes.at(run, label, pid);
        return (char) memory.at(snapshot, address).orElseThrow(Watched::unread).get(0);
    }

    /** The eight bytes at an address of a process, as a number. */
    long word(String label, int pid, long address) {
        Snapshot snapshot = Processes.at(run, label, pid);
        return memory.at(snapshot, address).orElseThrow(Watched::unread).getLong(0);
    }

    /** Which of so many pages from an address on belong to that process alone. */
    BitSet own(String label, int pid, long address, int pages) {
        Snapshot snapshot = Processes.at(run, label, pid);
        long start = Processes.row(snapshot, address).range().start();
        int first = (int) ((address - start) / Processes.page(run));
        return memory.exclusiveAt(snapshot, address)
                .orElseThrow(Watched::unread)
                .get(first, first + pages);
    }

    private static TestAbortedException unread() {
        return new TestAbortedException("the memory of a process cannot be read here");
    }
}
