package lab8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Recipe;

/**
 * Which of the two marks of slots.c are found in the memory of its stack.
 *
 * @param first the mark that the first scope wrote is there
 * @param second that of the second is
 */
record Marks(boolean first, boolean second) {
    /** FIRST and SECOND in slots.c. */
    private static final long FIRST = 0x9e3779b97f4a7c15L;

    private static final long SECOND = 0xc2b2ae3d27d4eb4fL;

    /**
     * Runs slots and reads its stack.
     *
     * @param count unsigned longs in each scope's array; 0 for a plain int
     */
    static Marks find(Bench bench, int count, long seed) {
        Recipe recipe = Recipe.of("slots: two scopes, " + what(count), "sample-c/slots/slots.c")
                .define("COUNT", count)
                .arguments(seed);
        StackMemory memory = StackMemory.of(bench, recipe, "Press key");
        return new Marks(
                !memory.find(mark(count, seed, FIRST)).isEmpty(),
                !memory.find(mark(count, seed, SECOND)).isEmpty());
    }

    private static String what(int count) {
        return count == 0 ? "an int in each" : "an array of " + count * Long.BYTES + " bytes in each";
    }

    String word() {
        return first ? second ? "both" : "first" : second ? "second" : "neither";
    }

    private static byte[] mark(int count, long seed, long constant) {
        ByteBuffer mark = ByteBuffer.allocate(count == 0 ? Integer.BYTES : count * Long.BYTES)
                .order(ByteOrder.nativeOrder());
        if (count == 0) {
            mark.putInt((int) (seed * constant));
        }
        for (int i = 0; i < count; i++) {
            mark.putLong((seed + i) * constant);
        }
        return mark.array();
    }
}
