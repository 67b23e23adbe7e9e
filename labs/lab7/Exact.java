package lab7;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Recipe;

/** Whether memdump finds the rows that are meant, and no others. Each demand throws an AssertionError if it is not met. */
final class Exact {
    /** An address of less than 32 bits, and one whose lower 32 bits are the same. */
    private static final String SHORT = "5a000000";

    private static final String LONG = "10005a000000";

    private static final String ANYWHERE = "0";

    private final Bench bench;
    private final Memdump memdump;

    Exact(Bench bench, Memdump memdump) {
        this.bench = bench;
        this.memdump = memdump;
    }

    /** A file that is called like the heap, below it and above it, is not the heap. */
    void aFileNamedLikeTheHeap() {
        String named = Spaces.file(bench, "[heap]");
        String behind = Spaces.file(bench, "not the [heap]");
        Recipe recipe = Spaces.of("files that are called [heap]", "heap", 100_000)
                .arguments("map", behind, "5b000000", 2, "map", named, SHORT, 2, "map", named, ANYWHERE, 2);
        expects(recipe, "[heap]", "[heap], where files called [heap] are mapped, too");
    }

    /** Blanks and dots mean themselves; part of a name is not the name. */
    void namesAsTheyAre() {
        String words = Spaces.file(bench, "two words");
        String two = Spaces.file(bench, "two");
        String dot = Spaces.file(bench, "a.b");
        String letter = Spaces.file(bench, "axb");
        Recipe recipe = Spaces.of("files of similar names", "map", letter, SHORT, 2)
                .arguments("map", words, "5b000000", 2, "map", dot, "5c000000", 2, "map", two, "5d000000", 2);
        expects(recipe, two, "a file called \"two\" beside one called \"two words\"");
        expects(recipe, words, "a file called \"two words\"");
        expects(recipe, dot, "a file called \"a.b\" beside one called \"axb\"");
    }

    /** mprotect cuts the heap into rows, and all of them are [heap]. */
    void allRowsOfTheHeap() {
        Recipe recipe = Spaces.of("a heap of five rows", "heap", 300_000, "split");
        expects(recipe, "[heap]", "[heap], which has several rows here");
    }

    /** Two regions whose addresses differ above their lower 32 bits only. */
    void wholeAddresses() {
        String below = Spaces.file(bench, "below");
        String above = Spaces.file(bench, "above");
        Recipe recipe = Spaces.of("two addresses, equal in 32 bits", "map", below, SHORT, 2)
                .arguments("map", above, LONG, 2);
        try (Ground ground = Ground.with(bench, recipe)) {
            String dump = memdump.none("exact.dump");
            memdump.on(ground, above, dump);
            assertThat(memdump.length(dump) > 0
                            && Arrays.equals(
                                    memdump.bytes(dump), ground.target().bytes(below)))
                    .as(
                            "whether the dump of a file at 0x%s holds what lies at 0x%s: an int, %%x or atoi keeps 32 bits of"
                                    + " an address, and uint64_t all of it",
                            LONG, SHORT)
                    .isFalse();
            memdump.holds(dump, ground.target().bytes(above), ground.target(), "a file at 0x" + LONG);
        }
    }

    /** Tells of addresses that were cut, if that is why a dump fails, and of nothing else. */
    void cutAddresses() {
        try {
            wholeAddresses();
        } catch (AssertionError e) {
            if (String.valueOf(e.getMessage()).contains("32 bits")) {
                throw e;
            }
        }
    }

    private void expects(Recipe recipe, String name, String what) {
        try (Ground ground = Ground.with(bench, recipe)) {
            String dump = memdump.none("exact.dump");
            Memdump.succeeds(memdump.on(ground, name, dump), what);
            memdump.holds(dump, ground.target().bytes(name), ground.target(), what);
        }
    }

    /** What is not there is told, and what was found before it is not dumped in its place. */
    void nothingOfThatName() {
        Recipe recipe = Spaces.of("a process without a heap", "stack", 50_000);
        try (Ground ground = Ground.with(bench, recipe)) {
            assertThat(ground.target().rows("[heap]"))
                    .as("rows called [heap] of a process that has none")
                    .isEmpty();
            String stack = memdump.none("stack.dump");
            String heap = memdump.none("heap.dump");
            Ground.Ended ended = memdump.on(ground, "[stack]", stack, "[heap]", heap);
            byte[] truth = ground.target().bytes("[stack]");
            assertThat(memdump.length(heap))
                    .as(
                            "length of the dump of [heap], which this process does not have; its [stack], found before,"
                                    + " has %d bytes",
                            truth.length)
                    .isZero();
            memdump.holds(stack, truth, ground.target(), "[stack], before a name that is not there");
            Memdump.fails(ended, "[heap], which this process does not have");
        }
        try (Ground ground = Ground.with(bench, Spaces.of("parts of names", "heap", 50_000))) {
            for (String part : List.of("heap", "[hea", "[heap", "[HEAP]", ".*")) {
                String dump = memdump.none("part.dump");
                Memdump.fails(memdump.on(ground, part, dump), part + ", which is the name of no row");
                assertThat(memdump.length(dump))
                        .as("length of the dump of %s, which is the name of no row", part)
                        .isZero();
            }
        }
    }
}
