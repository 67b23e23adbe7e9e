package lab1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.brkmap.check.MemoryAssertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.brkmap.analyse.Analysis;
import org.brkmap.check.Wording;
import org.brkmap.evidence.ExerciseKind;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Exercise;
import org.brkmap.lab.Lab;
import org.brkmap.lab.Recipe;
import org.brkmap.model.AddressRange;
import org.brkmap.model.Mapping;
import org.brkmap.model.MemoryEvent;
import org.brkmap.model.Role;
import org.brkmap.model.Snapshot;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Lab("lab1")
@Order(7)
@DisplayName("Four ways to link, and where things lie")
class FormsTest {
    private static final String QUIET = "sample-c/quiet/quiet.c";

    /** Two runs may fall on the same address by chance, in some places once in ten thousand; four never do. */
    private static final int RUNS = 4;

    @Test
    @Exercise(id = "no-libraries", kind = ExerciseKind.OBSERVE, points = 1)
    @Order(1)
    @DisplayName("A static program has no library and no loader in its map")
    void aStaticProgramHasNoLibraries(Bench bench) {
        Form.needGlibc(bench);
        for (Form form : Form.values()) {
            List<Mapping> others = Maps.rows(form.asleep(bench), Role::isLibrary);
            if (form.isStatic()) {
                assertThat(others).as("library rows of hello, " + form.title()).isEmpty();
            } else {
                assertThat(others).as("library rows of hello, " + form.title()).isNotEmpty();
            }
        }
        bench.found(
                "%d rows dynamic, %d rows static",
                Form.DYNAMIC.asleep(bench).mappings().size(),
                Form.STATIC.asleep(bench).mappings().size());
    }

    @Test
    @Exercise(id = "heap-unasked", kind = ExerciseKind.OBSERVE, points = 1)
    @Order(2)
    @DisplayName("A program that asks for nothing has no heap; linked statically it has one")
    void aStaticProgramHasAHeapUnasked(Bench bench) {
        Form.needGlibc(bench);
        Analysis dynamic = bench.observe(Form.DYNAMIC.link("quiet, dynamic", QUIET));
        Analysis linked = bench.observe(Form.STATIC.link("quiet, static", QUIET));
        assertThat(dynamic).snapshot("main").hasNoHeap();
        assertThat(linked).snapshot("main").hasHeap();
        List<MemoryEvent> moves = linked.observation().events().stream()
                .filter(event -> event.call().equals("brk") && event.arg(0) != 0 && event.arg(0) == event.result())
                .toList();
        assertThat(moves).as("moves of the break before main").isNotEmpty();
        bench.found(
                "%s of heap before main begins",
                Wording.bytes(Maps.bytes(Maps.rows(Maps.at(linked, "main"), Role.HEAP))));
    }

    @Test
    @Exercise(id = "printf-heap", kind = ExerciseKind.OBSERVE, points = 1)
    @Order(3)
    @DisplayName("printf makes the heap of a dynamic program: it is not there at the start")
    void printfMakesTheHeap(Bench bench) {
        Form.needGlibc(bench);
        Recipe probed = Recipe.of("hello, dynamic, with the probe", Form.SOURCE);
        Analysis run = bench.observe(probed);
        assertThat(run).snapshot("exec").hasNoHeap();
        assertThat(run)
                .changesBetween("exec", Form.ASLEEP)
                .added(Role.HEAP)
                .areCausedBy("brk")
                .areAtLineWith("hello.c", "printf(");
        bench.found("brk, for malloc, for the printf of hello.c");
    }

    @Test
    @Order(4)
    @DisplayName("With ASLR every run lies elsewhere, but for a program linked to a fixed address")
    void everyRunLiesElsewhere(Bench bench) {
        Form.needGlibc(bench);
        Integer aslr = Form.DYNAMIC.observe(bench).observation().host().aslr();
        bench.needs(aslr != null && aslr == 2, "address space layout randomisation is not fully on here: " + aslr);
        for (Role role : List.of(Role.PROGRAM_TEXT, Role.HEAP, Role.LIBRARY_TEXT, Role.STACK, Role.VDSO)) {
            assertThat(starts(Form.DYNAMIC, role, bench))
                    .as("where " + role.title() + " lay in " + RUNS + " runs")
                    .hasSizeGreaterThan(1);
        }
        assertThat(starts(Form.STATIC_PIE, Role.PROGRAM_TEXT, bench))
                .as("where the text of a static-pie lay")
                .hasSizeGreaterThan(1);
        for (Form form : List.of(Form.NO_PIE, Form.STATIC)) {
            assertThat(starts(form, Role.PROGRAM_TEXT, bench))
                    .as("where the text of hello, " + form.title() + ", lay")
                    .hasSize(1);
            assertThat(starts(form, Role.STACK, bench))
                    .as("where its stack lay")
                    .hasSizeGreaterThan(1);
        }
        bench.found("%d runs of each form", RUNS);
    }

    @Test
    @Exercise(id = "no-aslr", kind = ExerciseKind.OBSERVE, points = 1)
    @Order(5)
    @DisplayName("Without ASLR two runs have the same map")
    void withoutRandomisationRunsAreTheSame(Bench bench) {
        List<List<AddressRange>> maps = new ArrayList<>();
        for (String time : List.of("first", "second")) {
            Recipe still = Form.DYNAMIC
                    .hello()
                    .named("hello, dynamic, without ASLR, " + time)
                    .withoutRandomisation();
            maps.add(Maps.at(bench.observe(still), Form.ASLEEP).mappings().stream()
                    .map(Mapping::range)
                    .toList());
        }
        assertThat(maps.get(1)).as("the ranges of the second run").isEqualTo(maps.get(0));
        bench.found("%d rows, each where it was", maps.get(0).size());
    }

    @Test
    @Order(6)
    @DisplayName("Between the program and its heap lies a gap, of another size each time; without ASLR there is none")
    void theGapBeforeTheHeap(Bench bench) {
        Recipe still = Form.NO_PIE.hello().named("hello, no-pie, without ASLR").withoutRandomisation();
        long without = Maps.gapBeforeHeap(Maps.at(bench.observe(still), Form.ASLEEP));
        assertThat(without).as("bytes between program and heap without ASLR").isZero();
        Integer aslr = Form.NO_PIE.observe(bench).observation().host().aslr();
        bench.needs(aslr != null && aslr == 2, "this kernel does not move the heap: randomize_va_space is " + aslr);
        Set<Long> gaps = new TreeSet<>();
        runs(Form.NO_PIE, bench).forEach(map -> gaps.add(Maps.gapBeforeHeap(map)));
        assertThat(gaps).as("gaps in " + RUNS + " runs").hasSizeGreaterThan(1).allMatch(gap -> gap >= 0);
        bench.found("%s", String.join(", ", gaps.stream().map(Wording::bytes).toList()));
    }

    private static Set<Long> starts(Form form, Role role, Bench bench) {
        Set<Long> starts = new TreeSet<>();
        runs(form, bench).forEach(map -> starts.add(Maps.row(map, role).range().start()));
        return starts;
    }

    private static List<Snapshot> runs(Form form, Bench bench) {
        return IntStream.range(0, RUNS)
                .mapToObj(i -> i == 0
                        ? form.asleep(bench)
                        : Maps.at(
                                bench.observe(form.hello()
                                        .named(form.title() + " once more, " + i)
                                        .notKept()),
                                Form.ASLEEP))
                .toList();
    }
}
