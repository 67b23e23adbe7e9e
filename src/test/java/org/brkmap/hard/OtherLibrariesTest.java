package org.brkmap.hard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.brkmap.analyse.Analysis;
import org.brkmap.model.AllocatorCall;
import org.brkmap.model.CauseKind;
import org.brkmap.model.Change;
import org.brkmap.model.MemoryEvent;
import org.brkmap.model.Role;
import org.brkmap.model.Snapshot;
import org.brkmap.observe.Launch;
import org.brkmap.toolchain.NeedsGcc;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs of other compilers, of another C library, and with another malloc than the C library's. */
@NeedsGcc
class OtherLibrariesTest {

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"clang", "musl-gcc"})
    void theLineBehindEachMappingIsNamedWhoeverBuiltIt(String compiler) throws Exception {
        Analysis run = Hard.analyse(Launch.of(Hard.allocSize(compiler).toString()));

        assertThat(Hard.faults(run)).isEmpty();
        assertThat(run.observation().events())
                .filteredOn(event -> event.call().startsWith("mmap") && causedByABlock(event))
                .hasSize(10)
                .allSatisfy(event ->
                        assertThat(event.cause().site().file()).as("%s", event).endsWith("alloc_size.c"));
        assertThat(run.changes())
                .filteredOn(change -> change.role() == Role.ANONYMOUS && change.from() > 0)
                .isNotEmpty()
                .extracting(Change::cause)
                .containsOnly(CauseKind.EVENT);
    }

    @Test
    void muslGetsNoMemoryOfTheProbeToHandOut() throws Exception {
        Analysis run =
                Hard.analyse(Launch.of(Hard.program("musl-gcc", "small_blocks").toString()));

        assertThat(Hard.faults(run)).isEmpty();
        assertThat(run.observation().allocations())
                .hasSizeGreaterThan(50)
                .allSatisfy(call -> assertThat(roleOf(call, run)).isNotEqualTo(Role.PROBE));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"gcc", "clang", "musl-gcc"})
    void aThreadsStackIsToldByTheCallThatMappedIt(String compiler) throws Exception {
        Analysis run = Hard.analyse(
                Launch.of(Hard.program(compiler, "one_thread", "-pthread").toString()));

        assertThat(Hard.faults(run)).isEmpty();
        Snapshot both = run.observation().snapshots().stream()
                .filter(snapshot -> snapshot.threads().size() == 2)
                .findFirst()
                .orElseThrow();
        assertThat(both.mappings())
                .filteredOn(mapping -> mapping.role() == Role.THREAD_STACK)
                .isNotEmpty()
                .allMatch(mapping -> mapping.permissions().write());
        assertThat(run.changes())
                .filteredOn(change -> change.role() == Role.THREAD_STACK && change.bytes() > 0)
                .isNotEmpty()
                .extracting(Change::cause)
                .containsOnly(CauseKind.EVENT);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"gcc, glibc", "clang, glibc", "musl-gcc, musl"})
    void theLibraryNamedIsTheOneThatTheProgramRanWith(String compiler, String library) throws Exception {
        Analysis run = Hard.analyse(Launch.of(Hard.allocSize(compiler).toString()));

        assertThat(run.observation().host().libc()).matches(library + " [0-9]+\\.[0-9.]*[0-9]");
    }

    @Test
    void aProgramWithoutALibraryOfItsOwnNamesNone() throws Exception {
        Analysis run = Hard.analyse(Launch.of(Hard.allocSize("gcc", "-static").toString()));

        assertThat(run.observation().host().libc()).isNull();
    }

    @Test
    void aStaticMuslProgramIsExplainedWithoutTheProbe() throws Exception {
        Analysis run =
                Hard.analyse(Launch.of(Hard.allocSize("musl-gcc", "-static").toString()));

        assertThat(Hard.faults(run)).isEmpty();
        assertThat(run.observation().allocations()).isEmpty();
        assertThat(run.changes()).extracting(Change::cause).contains(CauseKind.EVENT);
    }

    @Test
    void aShellOfGlibcMayStartAProgramOfMusl() throws Exception {
        Path program = Hard.allocSize("musl-gcc");
        Analysis run = Hard.analyse(Launch.of("sh", "-c", program + " </dev/null; exit $?"));

        assertThat(Hard.faults(run)).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"libjemalloc.so.2", "libmimalloc.so.2", "libtcmalloc_minimal.so.4"})
    void withAPreloadedAllocatorCallsHaveTheirLinesAndEveryChangeACause(String library) throws Exception {
        Launch launch = Launch.of(Hard.allocSize("gcc").toString())
                .withEnvironment("LD_PRELOAD", Hard.library(library).toString());
        Analysis run = Hard.analyse(launch);

        assertThat(Hard.faults(run)).isEmpty();
        assertThat(run.observation().allocations())
                .filteredOn(call -> call.call().operation().equals("malloc")
                        && Long.valueOf(Hard.SIZE).equals(call.call().size()))
                .hasSize(10)
                .allSatisfy(call -> assertThat(roleOf(call, run)).isIn(Role.ANONYMOUS, Role.HEAP, Role.ARENA));
        assertThat(run.observation()
                        .snapshots()
                        .get(run.observation().snapshots().size() - 1)
                        .mappings())
                .extracting(mapping -> mapping.backing().name())
                .anyMatch(name -> name.contains(library));
    }

    private static boolean causedByABlock(MemoryEvent event) {
        return event.cause() != null
                && event.cause().operation().equals("malloc")
                && Long.valueOf(Hard.SIZE).equals(event.cause().size());
    }

    /** Where the block lies when the next checkpoint is reached. */
    private static Role roleOf(AllocatorCall call, Analysis run) {
        return run.observation().snapshots().stream()
                .filter(snapshot -> snapshot.eventsBefore() >= call.afterEvent())
                .map((Snapshot snapshot) -> snapshot.mappingAt(call.result()))
                .flatMap(found -> found.stream())
                .findFirst()
                .orElseThrow()
                .role();
    }
}
