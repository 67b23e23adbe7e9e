package lab5;

import org.brkmap.analyse.Analysis;
import org.brkmap.lab.Recipe;
import org.brkmap.lab.Space;
import org.brkmap.model.Role;

/** The heap as the kernel sees it, and what of it goes back. */
final class Heap {
    static final String FULL = "full";

    private Heap() {}

    /** The sample pinned: blocks that are freed, with a small one above (pin) or below them that is kept. */
    static Recipe pinned(boolean pin, long blocks, long bytes) {
        String where = pin ? "pin" : "free";
        return Recipe.of("pinned " + where + ": " + blocks + " blocks of " + bytes, "sample-c/pinned/pinned.c")
                .arguments(where, blocks, bytes);
    }

    /** Bytes of addresses at a checkpoint. */
    static long bytes(Analysis run, String label) {
        return Space.bytes(Space.at(run, label), Role.HEAP);
    }

    /** Bytes in memory at a checkpoint. */
    static long memory(Analysis run, String label) {
        return Space.anonymous(Space.at(run, label), role -> role == Role.HEAP);
    }

    /** What has gone back to the kernel of what the heap had when it was full: nothing, memory, or both. */
    static String goesBack(Analysis run, String label) {
        if (bytes(run, label) < bytes(run, FULL) / 2) {
            return "both";
        }
        return memory(run, label) < memory(run, FULL) / 2 ? "memory" : "nothing";
    }
}
