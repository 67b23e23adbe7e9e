package org.brkmap.check;

import static org.brkmap.check.Failures.assertFails;
import static org.brkmap.check.MemoryAssertions.assertThat;
import static org.brkmap.check.SampleRun.run;

import java.util.ArrayList;
import java.util.List;
import org.brkmap.analyse.Analysis;
import org.brkmap.model.MemoryEvent;
import org.brkmap.model.Observation;
import org.junit.jupiter.api.Test;

class TraceAssertTest {
    private static TraceAssert trace() {
        return assertThat(run()).trace();
    }

    @Test
    void callsAreFoundByName() {
        trace().calls("brk").hasCount(4);
        assertFails(
                () -> trace().calls("brk").causedBy("malloc").hasCount(1),
                "there should be another number of calls (for malloc, brk, in this run)",
                "  expected: 1 call",
                "  actual:   2 calls",
                "  cause:    two.c:2  malloc(32768) -> brk",
                "            two.c:2  malloc(32768) -> brk");
    }

    @Test
    void askingForTheBreakDoesNotMoveIt() {
        trace().movesOfTheBreak().hasCount(3);
        assertFails(
                () -> trace().movesOfTheBreak().hasFewerThan(3),
                "there should be fewer calls (moves of the break, in this run)",
                "  expected: fewer than 3 calls",
                "  actual:   3 calls",
                "  cause:    brk by the loader",
                "            two.c:2  malloc(32768) -> brk",
                "            two.c:2  malloc(32768) -> brk");
    }

    @Test
    void callsAreCountedFromBelow() {
        trace().causedBy("malloc").hasAtLeast(3).hasFewerThan(4);
        assertFails(
                () -> trace().causedBy("malloc").hasAtLeast(4),
                "there should be more calls (for malloc, in this run)",
                "  expected: at least 4 calls",
                "  actual:   3 calls",
                "  cause:    two.c:2  malloc(32768) -> brk",
                "            two.c:2  malloc(32768) -> brk",
                "            two.c:3  malloc(262144) -> mmap");
    }

    @Test
    void callsAreFoundByTheSizeBehindThem() {
        trace().causedByRequestOf(262144).calls("mmap").isNotEmpty();
        trace().causedByRequestOf(262144).calls("brk").isEmpty();
        assertFails(
                () -> trace().causedByRequestOf(262144).isEmpty(),
                "there should be another number of calls (for 256 KiB, in this run)",
                "  expected: 0 calls",
                "  actual:   1 call",
                "  cause:    two.c:3  malloc(262144) -> mmap");
        assertFails(
                () -> trace().causedByRequestOf(1).isNotEmpty(),
                "there should be more calls (for 1 byte, in this run)",
                "  expected: at least 1 call",
                "  actual:   0 calls");
    }

    @Test
    void theLoadersCallsCanBeLeftOut() {
        trace().calls("brk").byTheProgram().hasCount(2);
        assertFails(
                () -> trace().byTheProgram().isEmpty(),
                "there should be another number of calls (by the program, in this run)",
                "  expected: 0 calls",
                "  actual:   4 calls",
                "  cause:    two.c:2  malloc(32768) -> brk",
                "            two.c:2  malloc(32768) -> brk",
                "            two.c:3  malloc(262144) -> mmap",
                "            two.c:4  free(0x7fff00000010) -> munmap");
    }

    @Test
    void aStretchOfTheRunHasItsOwnCalls() {
        assertThat(run())
                .traceBetween("Press key to free", "Press key to close")
                .hasCount(1)
                .calls("munmap")
                .areAtLine("two.c", 4);
        assertFails(
                () -> assertThat(run())
                        .traceBetween("Press key to free", "Press key to close")
                        .areAtLine("two.c", 3),
                "there should be no call from elsewhere"
                        + " (between \"Press key to free\" and \"Press key to close\")",
                "  expected: every call from two.c:3",
                "  actual:   1 call",
                "  cause:    two.c:4  free(0x7fff00000010) -> munmap");
    }

    @Test
    void failedCallsAreToldWithTheirErrorNumber() {
        trace().allSucceeded();
        assertFails(
                () -> assertThat(withFailedMmap()).trace().calls("mmap").allSucceeded(),
                "there should be no failed call (mmap, in this run)",
                "  expected: every call succeeds",
                "  actual:   1 call",
                "  cause:    two.c:3  malloc(262144) -> mmap failed with errno 12");
    }

    private static Analysis withFailedMmap() {
        Observation seen = run().observation();
        List<MemoryEvent> events = new ArrayList<>(seen.events());
        MemoryEvent mmap = events.get(4);
        events.set(
                4,
                new MemoryEvent(
                        mmap.seq(),
                        mmap.pid(),
                        mmap.tid(),
                        mmap.nanos(),
                        mmap.call(),
                        mmap.args(),
                        0,
                        12,
                        mmap.instruction(),
                        null,
                        null,
                        mmap.origin(),
                        mmap.cause()));
        return new Analysis(
                new Observation(
                        seen.program(),
                        seen.host(),
                        seen.transcript(),
                        seen.snapshots(),
                        events,
                        seen.allocations(),
                        0,
                        seen.ending(),
                        seen.notes()),
                List.of());
    }
}
