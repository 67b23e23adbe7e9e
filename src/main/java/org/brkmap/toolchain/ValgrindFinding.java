package org.brkmap.toolchain;

import java.util.List;
import java.util.Optional;

/**
 * An error, or a group of blocks that were not freed, as memcheck tells it. Immutable.
 *
 * @param kind memcheck's name of it, such as {@code InvalidRead}, {@code UninitCondition}, {@code Leak_DefinitelyLost}
 * @param what in words
 * @param bytes of the blocks of this group; 0 for an error
 * @param blocks how many; 0 for an error
 * @param stack where it happened, or where the blocks were taken: the innermost frame first
 * @param background what it says beside: where a block was taken or freed, where a value comes from
 */
public record ValgrindFinding(
        String kind, String what, long bytes, long blocks, List<ValgrindFrame> stack, List<String> background) {
    /** Lost, and nothing points to it. */
    public static final String DEFINITE = "Leak_DefinitelyLost";
    /** Only lost blocks point to it. */
    public static final String INDIRECT = "Leak_IndirectlyLost";
    /** Only pointers into its middle are left. */
    public static final String POSSIBLE = "Leak_PossiblyLost";
    /** Not freed, and not lost. */
    public static final String REACHABLE = "Leak_StillReachable";

    public ValgrindFinding {
        stack = List.copyOf(stack);
        background = List.copyOf(background);
    }

    public boolean isLeak() {
        return kind.startsWith("Leak_");
    }

    /** Whether a function of this name is on its stack. */
    public boolean passes(String function) {
        return stack.stream().anyMatch(frame -> function.equals(frame.function()));
    }

    /** The innermost frame with a source line in a file of this name. */
    public Optional<ValgrindFrame> in(String file) {
        return stack.stream().filter(frame -> file.equals(frame.file())).findFirst();
    }
}
