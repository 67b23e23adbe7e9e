package lab7;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Recipe;
import org.brkmap.procfs.ProcFs;

/** Whether memdump dumps, either way. Each demand throws an AssertionError if it is not met. */
final class Dumping {
    private static final String HEAP = "[heap]";
    private static final String STACK = "[stack]";
    private static final int LARGE = 16 << 20;

    private final Bench bench;
    private final Memdump memdump;

    Dumping(Bench bench, Memdump memdump) {
        this.bench = bench;
        this.memdump = memdump;
    }

    void theHeap() {
        try {
            dumps(Spaces.of("a heap", "heap", 150_000), HEAP);
        } catch (AssertionError e) {
            new Exact(bench, memdump).cutAddresses();
            throw e;
        }
    }

    void heapAndStackAtOnce() {
        dumps(Spaces.of("heap and stack", "heap", 100_000, "stack", 300_000), HEAP, STACK);
    }

    /** Larger than a stack, so no array of that length will do. */
    void aLargeHeap() {
        dumps(Spaces.of("a heap of 16 MiB", "heap", LARGE), HEAP);
    }

    private void dumps(Recipe recipe, String... names) {
        try (Ground ground = Ground.with(bench, recipe)) {
            String[] words = new String[2 * names.length];
            for (int i = 0; i < names.length; i++) {
                words[2 * i] = names[i];
                words[2 * i + 1] = memdump.none("dump" + i + ".dump");
            }
            Memdump.succeeds(memdump.on(ground, words), String.join(" and ", names));
            for (int i = 0; i < names.length; i++) {
                memdump.holds(words[2 * i + 1], ground.target().bytes(names[i]), ground.target(), names[i]);
            }
        }
    }

    /** The same bytes, and they did not come from a file. */
    void byTheCall() {
        try (Ground ground = Ground.with(bench, Spaces.of("a heap", "heap", LARGE))) {
            long before = read(ground);
            String dump = memdump.none("call.dump");
            Memdump.succeeds(memdump.raw(ground, "-v", ground.pid(), HEAP, dump), HEAP + " with -v");
            long files = read(ground) - before;
            memdump.holds(dump, ground.target().bytes(HEAP), ground.target(), HEAP + " with -v");
            assertThat(files)
                    .as("bytes that memdump -v read from files such as /proc/PID/mem, for a heap of %d", LARGE)
                    .isLessThan(LARGE / 2);
        }
    }

    /** What a process and its children that it has waited for have read from files. */
    private long read(Ground ground) {
        try {
            return ProcFs.live().io(ground.waiting()).readCharacters();
        } catch (IOException e) {
            throw bench.notChecked("this kernel does not count what is read: " + e.getMessage());
        }
    }

    /** A page without PROT_READ is zeros with -v, whatever /proc/PID/mem gives. */
    void byTheCallWhereItIsForbidden() {
        try (Ground ground = Ground.with(bench, Spaces.of("a page that nobody may read", "heap", 300_000, "split"))) {
            String dump = memdump.none("call.dump");
            Memdump.succeeds(memdump.raw(ground, "-v", ground.pid(), HEAP, dump), HEAP + " with -v");
            byte[] truth = ground.target().bytesByCall(HEAP);
            memdump.holds(dump, truth, ground.target(), HEAP + " with -v, a page of which may not be read");
            bench.fact(
                    "readableByFileOnly", !Arrays.equals(truth, ground.target().bytes(HEAP)));
        }
    }
}
