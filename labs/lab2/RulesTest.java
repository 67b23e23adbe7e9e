package lab2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.brkmap.check.MemoryAssertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.brkmap.analyse.Analysis;
import org.brkmap.check.Wording;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Lab;
import org.brkmap.lab.Recipe;
import org.brkmap.lab.ShownAfter;
import org.brkmap.model.AllocatorCall;
import org.brkmap.model.MemoryEvent;
import org.brkmap.model.Role;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Lab("lab2")
@Order(9)
@DisplayName("What malloc does with the break, and what else decides")
class RulesTest {
    private static final long REQUEST = 200_000;

    /** The blocks of the first checks; from their run the C library is known before a program is built that needs glibc's. */
    private static final long FIRST_RUN = 32 * 1024;

    @Test
    @Order(1)
    @DisplayName("The break moves without malloc, too: sbrk up, brk back")
    void theBreakMovesByHand(Bench bench) {
        bench.needsGlibc(Blocks.run(FIRST_RUN, bench));
        Analysis run = bench.observe(Recipe.of("the break moved by hand", "labs/lab2/by_hand.c"));
        assertThat(run).snapshot("start").hasNoHeap();
        assertThat(run)
                .changesBetween("start", "grown")
                .gainedOnly(Role.HEAP)
                .added(Role.HEAP)
                .areCausedBy("brk")
                .areAtLineWith("by_hand.c", "sbrk(bytes)");
        assertThat(run).snapshot("back").hasNoHeap();
        assertThat(run.observation().allocations()).as("calls of malloc").isEmpty();
        bench.found("%s up and back, and no malloc", Wording.bytes(Blocks.heapSize(run, "grown")));
    }

    @Test
    @Order(2)
    @DisplayName("A block takes its bytes, 8 more, and what lacks to a multiple of 16: no powers of two")
    @ShownAfter("mapped-length")
    void aBlockTakesLittleMore(Bench bench) {
        Analysis run = bench.observe(Recipe.of("small blocks one after the other", "labs/lab2/sizes.c"));
        Glibc glibc = Glibc.of(run, bench);
        List<AllocatorCall> blocks = Blocks.taken(run, "before", "taken");
        List<String> findings = new ArrayList<>();
        for (int i = 0; i + 1 < blocks.size(); i++) {
            Long size = blocks.get(i).call().size();
            long distance = blocks.get(i + 1).result() - blocks.get(i).result();
            assertThat(distance)
                    .as("bytes from the block of %d to the next", size)
                    .isEqualTo(glibc.chunk(size == null ? 0 : size));
            findings.add(size + " takes " + distance);
        }
        assertThat(findings).as("blocks").isNotEmpty();
        bench.found("%s", String.join(", ", findings));
    }

    @Test
    @Order(3)
    @DisplayName("Two freed neighbours become one chunk, and that serves a request above the threshold")
    void freedNeighboursServeALargeRequest(Bench bench) {
        bench.needsGlibc(Blocks.run(FIRST_RUN, bench));
        assertThat(way(bench, "nothing"))
                .as("the way of the request with nothing freed")
                .isEqualTo(Role.ANONYMOUS);
        Analysis joined = flip(bench, "neighbours");
        assertThat(way(bench, "neighbours")).as("with two neighbours freed").isEqualTo(Role.HEAP);
        assertThat(calls(joined)).as("calls of the kernel for it").isEmpty();
        assertThat(way(bench, "apart")).as("with a block in use between them").isEqualTo(Role.ANONYMOUS);
        bench.found("malloc(%d) from the heap, without a system call; mapped where a block lies between", REQUEST);
    }

    @Test
    @Order(4)
    @DisplayName("A larger top pad makes room, and the same request is not mapped")
    void aLargerTopPadMakesRoom(Bench bench) {
        bench.needsGlibc(Blocks.run(FIRST_RUN, bench));
        assertThat(way(bench, "top-pad"))
                .as("the way of the request with a top pad of 1 MiB")
                .isEqualTo(Role.HEAP);
        long padded = Blocks.heapSize(flip(bench, "top-pad"), "before");
        long usual = Blocks.heapSize(flip(bench, "nothing"), "before");
        assertThat(padded - usual).as("bytes more of heap").isGreaterThan(REQUEST);
        bench.found("a heap of %s instead of %s", Wording.bytes(padded), Wording.bytes(usual));
    }

    private static Analysis flip(Bench bench, String before) {
        Recipe recipe = Recipe.of("malloc(" + REQUEST + ") after: " + before, "labs/lab2/flip.c")
                .arguments(before);
        boolean isTheRule = before.equals("nothing") || before.equals("apart");
        Analysis run = bench.observe(isTheRule ? recipe.notKept() : recipe);
        Glibc.of(run, bench);
        return run;
    }

    private static Role way(Bench bench, String before) {
        Analysis run = flip(bench, before);
        AllocatorCall request = Threshold.malloc(run, REQUEST);
        return Blocks.at(run, "taken")
                .mappingAt(request.result())
                .orElseThrow(() -> new AssertionError("malloc(" + REQUEST + ") returned an address that is not mapped"))
                .role();
    }

    /** The names of the memory calls made for the request. */
    private static TreeSet<String> calls(Analysis run) {
        TreeSet<String> names = new TreeSet<>();
        run.observation().events().stream()
                .filter(event -> Threshold.isFor(event, REQUEST))
                .map(MemoryEvent::call)
                .forEach(names::add);
        return names;
    }
}
