package lab3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.brkmap.check.MemoryAssertions.assertThat;

import java.util.Locale;
import org.brkmap.analyse.Analysis;
import org.brkmap.check.Wording;
import org.brkmap.evidence.ExerciseKind;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Exercise;
import org.brkmap.lab.Lab;
import org.brkmap.lab.Recipe;
import org.brkmap.lab.Space;
import org.brkmap.model.Role;
import org.brkmap.model.Snapshot;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Lab("lab3")
@Order(5)
@DisplayName("Each switch makes one area larger")
class SwitchesTest {
    /** What a section may gain beside the amount: a function's frame, an alignment. */
    private static final long SLACK = 256;

    private static final String[] STATIC = {"-fno-pie", "-static"};

    @Test
    @Order(1)
    @DisplayName("More code: the row that can be executed grows, when the program is loaded")
    @Exercise(id = "switch-text", kind = ExerciseKind.OBSERVE, points = 1)
    void moreText(Bench bench) {
        growsAtLoadTime(Area.TEXT, bench);
    }

    @Test
    @Order(2)
    @DisplayName("More constants: the second row that can only be read grows")
    @Exercise(id = "switch-rodata", kind = ExerciseKind.OBSERVE, points = 1)
    void moreRodata(Bench bench) {
        growsAtLoadTime(Area.RODATA, bench);
    }

    @Test
    @Order(3)
    @DisplayName("More variables with a value: the data row grows")
    @Exercise(id = "switch-data", kind = ExerciseKind.OBSERVE, points = 1)
    void moreData(Bench bench) {
        growsAtLoadTime(Area.DATA, bench);
    }

    @Test
    @Order(4)
    @DisplayName("More variables without a value: the row behind the data, which has no file, grows")
    @Exercise(id = "switch-bss", kind = ExerciseKind.OBSERVE, points = 1)
    void moreBss(Bench bench) {
        growsAtLoadTime(Area.BSS, bench);
    }

    private static void growsAtLoadTime(Area area, Bench bench) {
        Analysis plain = bench.observe(Area.plain());
        Analysis larger = bench.observe(area.larger(Area.AMOUNT));
        long page = Area.pageSize(plain);
        InFile before = InFile.of(bench.build(Area.plain()).executable(), page);
        InFile after = InFile.of(bench.build(area.larger(Area.AMOUNT)).executable(), page);
        bench.needs(before.isSeparated(), "this linker puts code and constants into one segment");
        long bySize = after.sizeOf(area.section()) - before.sizeOf(area.section());
        assertThat(bySize)
                .as("bytes that size(1) says of %s, with -D%s against without", area.section(), area)
                .isBetween(Area.AMOUNT, Area.AMOUNT + SLACK);
        for (Area other : Area.ofTheFile()) {
            assertThat(other.mapped(plain))
                    .as("bytes mapped for %s, and the pages of its segment", other.section())
                    .isEqualTo(before.mapped().get(other));
            assertThat(other.mapped(larger))
                    .as("bytes mapped for %s with -D%s, and the pages of its segment", other.section(), area)
                    .isEqualTo(after.mapped().get(other));
            assertThat((other.mapped(larger) - other.mapped(plain)) / page)
                    .as("pages that %s gains by -D%s", other.section(), area)
                    .isBetween(other == area ? Area.AMOUNT / page : -1, other == area ? Area.AMOUNT / page + 1 : 1);
        }
        assertThat(larger).changesBetween("start", "stack").areNone();
        bench.found(
                "size: %s in %s; map: %d pages in %s",
                Wording.signed(bySize),
                area.section(),
                (area.mapped(larger) - area.mapped(plain)) / page,
                area.role().title());
    }

    @Test
    @Order(5)
    @DisplayName("More heap: the program asks, and the break moves")
    @Exercise(id = "switch-heap", kind = ExerciseKind.OBSERVE, points = 1)
    void moreHeap(Bench bench) {
        Analysis run = bench.observe(Area.HEAP.larger(Area.AMOUNT));
        bench.needsGlibc(run);
        assertThat(Space.bytes(Space.at(run, "heap"), Role.HEAP) - Space.bytes(Space.at(run, "start"), Role.HEAP))
                .as("bytes that the heap gains")
                .isBetween(Area.AMOUNT / 2, 2 * Area.AMOUNT);
        assertThat(run)
                .changesBetween("start", "heap")
                .gainedOnly(Role.HEAP)
                .gained(Role.HEAP)
                .areCausedBy("brk")
                .areOnBehalfOf("malloc")
                .areAtLineWith("modify-areas.c", "malloc(BLOCK)");
        assertThat(run).changesBetween("heap", "stack").leftAlone(Role.HEAP);
        bench.found(
                "%d moves of the break, for malloc",
                run.observation().events().stream()
                        .filter(event -> event.seq() >= Space.at(run, "start").eventsBefore())
                        .filter(event -> event.call().equals("brk"))
                        .count());
    }

    @Test
    @Order(6)
    @DisplayName("More stack: the program touches, and asks nobody")
    @Exercise(id = "switch-stack", kind = ExerciseKind.OBSERVE, points = 1)
    void moreStack(Bench bench) {
        Analysis run = bench.observe(Area.STACK.larger(Area.AMOUNT));
        long grown = Space.bytes(Space.at(run, "stack"), Role.STACK) - Space.bytes(Space.at(run, "heap"), Role.STACK);
        // It has some room at the start, so it gains less than it uses.
        assertThat(grown).as("bytes that the stack gains").isBetween(Area.AMOUNT / 2, 2 * Area.AMOUNT);
        assertThat(run).changesBetween("heap", "stack").gainedOnly(Role.STACK);
        assertThat(run).traceBetween("heap", "stack").isEmpty();
        bench.found("%s, without a system call", Wording.signed(grown));
    }

    @Test
    @Order(7)
    @DisplayName("A megabyte of .bss costs nothing in the file, one of .data costs a megabyte")
    @Exercise(id = "bss-file", kind = ExerciseKind.OBSERVE, points = 1)
    void bssCostsNoFileBytes(Bench bench) {
        long page = Area.pageSize(bench.observe(Area.plain()));
        long plain = length(bench, Area.plain(), page);
        long data = length(bench, Area.DATA.larger(Area.AMOUNT), page) - plain;
        long bss = length(bench, Area.BSS.larger(Area.AMOUNT), page) - plain;
        assertThat(data).as("bytes more in the file for more .data").isGreaterThanOrEqualTo(Area.AMOUNT);
        assertThat(bss).as("bytes more in the file for more .bss").isLessThan(page);
        bench.found("%s for .data, %s for .bss (its name in the tables)", Wording.signed(data), Wording.signed(bss));
    }

    private static long length(Bench bench, Recipe recipe, long page) {
        return InFile.of(bench.build(recipe).executable(), page).length();
    }

    @Test
    @Order(8)
    @DisplayName("Linked statically the switches do the same, in a map without libraries")
    @Exercise(id = "static-build", kind = ExerciseKind.OBSERVE, points = 1)
    void linkedStatically(Bench bench) {
        Recipe plain = Area.plain().named("modify-areas, linked statically").flags(STATIC);
        Snapshot without = Space.at(bench.observe(plain), "start");
        assertThat(without).hasNo(Role.LIBRARY_TEXT).hasNo(Role.LOADER);
        long page = Area.pageSize(bench.observe(plain));
        for (Area area : Area.ofTheFile()) {
            Recipe larger = area.larger(Area.AMOUNT)
                    .named(String.format(Locale.ROOT, "modify-areas -D%s, linked statically", area))
                    .flags(STATIC);
            Snapshot with = Space.at(bench.observe(larger), "start");
            assertThat((Space.bytes(with, area.role()) - Space.bytes(without, area.role())) / page)
                    .as("pages that %s gains by -D%s, linked statically", area.section(), area)
                    .isBetween(Area.AMOUNT / page, Area.AMOUNT / page + 1);
        }
        bench.found(
                "%s of code and constants of the C library are in the program itself",
                Wording.bytes(Space.bytes(without, Role.PROGRAM_TEXT) + Space.bytes(without, Role.PROGRAM_RODATA)));
    }

    @Test
    @Order(9)
    @DisplayName("With -O2 the compiler removes what nobody looks at: no heap, no stack")
    @Exercise(id = "vanish", kind = ExerciseKind.OBSERVE, points = 1)
    void optimisedAway(Bench bench) {
        Recipe plain = Recipe.of("vanish, -O0", "labs/lab3/vanish.c");
        Analysis kept = bench.observe(plain);
        bench.needsGlibc(kept);
        Analysis gone = bench.observe(plain.named("vanish, -O2").flags("-O2"));
        assertThat(kept).changesBetween("start", "heap").gained(Role.HEAP);
        assertThat(kept).changesBetween("heap", "stack").grew(Role.STACK);
        bench.needs(
                gained(gone) == 0,
                "this compiler keeps the blocks at -O2, which it may: " + gained(gone) + " bytes more are mapped");
        assertThat(gone).changesBetween("start", "stack").areNone();
        bench.found("-O0: %s more; -O2: nothing", Wording.bytes(gained(kept)));
    }

    private static long gained(Analysis run) {
        return Space.at(run, "stack").totals().virtual()
                - Space.at(run, "start").totals().virtual();
    }
}
