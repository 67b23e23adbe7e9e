package lab5;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.brkmap.analyse.Analysis;
import org.brkmap.evidence.ExerciseKind;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Exercise;
import org.brkmap.lab.Lab;
import org.brkmap.lab.Recipe;
import org.brkmap.lab.ShownAfter;
import org.brkmap.lab.Space;
import org.brkmap.model.Role;
import org.brkmap.model.Snapshot;
import org.brkmap.procfs.ProcFs;
import org.brkmap.procfs.ProcStatus;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Lab("lab5")
@Order(6)
@DisplayName("From the system to malloc")
class MallocTest {
    private static final Recipe SAYS = Recipe.of(
                    "malloc_says: what malloc tells of itself", "sample-c/malloc_says/malloc_says.c")
            .withoutProbe();

    /** Offsets in struct mallinfo2 (mallinfo2(3)), of ten words. */
    private static final int ARENA = 0;

    private static final int HBLKHD = 4 * Long.BYTES;
    private static final int UORDBLKS = 7 * Long.BYTES;
    private static final int FORDBLKS = 8 * Long.BYTES;

    /** Pages that a thread may have counted and not yet told; the kernel sums them in batches. */
    private static final long BATCH = 64;

    @Test
    @Order(1)
    @DisplayName("What the process has, its regions have: RES less SHR, and their Anonymous")
    @Exercise(id = "regions", kind = ExerciseKind.OBSERVE, points = 2)
    void whatTheProcessHas(Bench bench) {
        Map<Integer, ProcStatus> statuses = new HashMap<>();
        Analysis run = bench.observe(SAYS, snapshot -> {
            try {
                statuses.put(snapshot.id(), ProcFs.live().status(snapshot.pid()));
            } catch (IOException e) {
                statuses.remove(snapshot.id());
            }
        });
        Snapshot taken = Space.at(run, "taken");
        ProcStatus status = statuses.get(taken.id());
        bench.needs(status != null && status.residentAnonymous() != null, "this kernel does not tell RssAnon");
        long process = Objects.requireNonNull(Objects.requireNonNull(status).residentAnonymous());
        long regions = taken.mappings().stream()
                .map(row -> row.usage() == null ? null : row.usage().anonymous())
                .mapToLong(bytes -> Objects.requireNonNull(bytes, "smaps does not tell Anonymous"))
                .sum();
        assertThat(Math.abs(process - regions))
                .as("RssAnon of the process (%d), less what its regions have (%d)", process, regions)
                .isLessThanOrEqualTo(BATCH * run.observation().host().pageSize());
        bench.found("%d KiB by the process's status, %d KiB by its regions", process / 1024, regions / 1024);
    }

    @Test
    @Order(2)
    @DisplayName("mallinfo2 and the kernel agree: arena is the heap, hblkhd the mappings")
    @Exercise(id = "agree", kind = ExerciseKind.OBSERVE, points = 4)
    void mallinfoAndTheKernelAgree(Bench bench) {
        Variables watched = Variables.of(bench, SAYS);
        bench.needsGlibc(watched.run());
        for (String[] look : new String[][] {{"taken", "taken"}, {"some freed", "some"}, {"all freed", "all"}}) {
            Snapshot at = Space.at(watched.run(), look[0]);
            // The variable is written when its checkpoint is over.
            long arena = watched.word("told", look[1], ARENA);
            assertThat(arena)
                    .as("arena, against the bytes of [heap] at \"%s\"", look[0])
                    .isEqualTo(Space.bytes(at, Role.HEAP));
            assertThat(watched.word("told", look[1], UORDBLKS) + watched.word("told", look[1], FORDBLKS))
                    .as("uordblks and fordblks together")
                    .isEqualTo(arena);
            assertThat(watched.word("told", look[1], HBLKHD))
                    .as("hblkhd, against what anonymous mappings have grown by at \"%s\"", look[0])
                    .isEqualTo(Space.bytes(at, Role.ANONYMOUS)
                            - Space.bytes(Space.at(watched.run(), "all freed"), Role.ANONYMOUS));
        }
        bench.found(
                "with some freed, %d bytes of the heap are in use and %d free; %d are mapped",
                watched.word("told", "some", UORDBLKS),
                watched.word("told", "some", FORDBLKS),
                watched.word("told", "some", HBLKHD));
    }

    @Test
    @Order(3)
    @DisplayName("One small block at the end of the heap, and malloc_trim")
    @ShownAfter("pinned")
    void oneSmallBlock(Bench bench) {
        Analysis pinned = bench.observe(Heap.pinned(true, 1000, 20000));
        bench.needsGlibc(pinned);
        assertThat(Heap.goesBack(pinned, "freed")).as("what goes back by free").isEqualTo("nothing");
        assertThat(Heap.goesBack(pinned, "trimmed"))
                .as("what goes back by malloc_trim(0)")
                .isEqualTo("memory");
        Analysis free = bench.observe(Heap.pinned(false, 1000, 20000));
        assertThat(Heap.goesBack(free, "freed"))
                .as("what goes back by free with the small block below")
                .isEqualTo("both");
        bench.found(
                "heap full: %d KiB; freed: %d KiB in memory; trimmed: %d KiB of addresses, %d KiB in memory",
                Heap.bytes(pinned, "full") / 1024,
                Heap.memory(pinned, "freed") / 1024,
                Heap.bytes(pinned, "trimmed") / 1024,
                Heap.memory(pinned, "trimmed") / 1024);
    }
}
