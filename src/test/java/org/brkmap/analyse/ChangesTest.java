package org.brkmap.analyse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.brkmap.model.CauseKind;
import org.brkmap.model.Change;
import org.brkmap.model.ChangeKind;
import org.brkmap.model.Role;
import org.brkmap.model.ThreadState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangesTest {
    private static final long READ_WRITE = 3;
    private static final long PRIVATE_ANONYMOUS = 0x22;
    private static final String PROGRAM = "400000-402000 r-xp 00000000 fe:00 7 /prog";

    private static RunBuilder run() {
        return new RunBuilder().heapFrom(0x500000);
    }

    private static RunBuilder map(RunBuilder run, long at, long length) {
        return run.call("mmap", at, 0, length, READ_WRITE, PRIVATE_ANONYMOUS, -1, 0);
    }

    private static Change only(RunBuilder run) {
        List<Change> changes = run.analyse().changes();
        assertThat(changes).hasSize(1);
        return changes.get(0);
    }

    private static void is(Change change, ChangeKind kind, Role role, long bytes, String at, Long... events) {
        assertThat(change.kind()).isEqualTo(kind);
        assertThat(change.role()).isEqualTo(role);
        assertThat(change.bytes()).isEqualTo(bytes);
        assertThat(change.at()).isEqualTo(at);
        assertThat(change.causedBy()).containsExactly(events);
    }

    @Test
    void nothingChangesWhenNothingIsCalled() {
        assertThat(run().exec(PROGRAM).then(PROGRAM).analyse().changes()).isEmpty();
    }

    @Test
    void aNewMappingIsAddedByItsMmap() {
        Change change = only(map(run().exec(PROGRAM), 0x700000, 0x2001).then(PROGRAM, "700000-703000 rw-p"));
        is(change, ChangeKind.ADDED, Role.ANONYMOUS, 0x3000, "anon#1+0x0", 0L);
        assertThat(change.before()).isNull();
        assertThat(change.cause()).isEqualTo(CauseKind.EVENT);
    }

    @Test
    void aChunkThatMergesBelowItsNeighbourMakesItGrow() {
        RunBuilder run = map(run().exec(PROGRAM), 0x700000, 0x1000).then(PROGRAM, "700000-701000 rw-p");
        map(run, 0x6ff000, 0x1000);
        List<Change> changes = map(run, 0x6fe000, 0x1000)
                .then(PROGRAM, "6fe000-701000 rw-p")
                .analyse()
                .changes();
        assertThat(changes).hasSize(2);
        is(changes.get(1), ChangeKind.GREW, Role.ANONYMOUS, 0x2000, "anon#1-0x2000", 1L, 2L);
    }

    @Test
    void likeNeighboursInTwoRowsAreOneInterval() {
        RunBuilder run = run().exec(PROGRAM, "700000-702000 rw-p");
        assertThat(run.then(PROGRAM, "700000-701000 rw-p", "701000-702000 rw-p")
                        .analyse()
                        .changes())
                .isEmpty();
    }

    @Test
    void theHeapGrowsByBrkAndItsFirstCallOnlyAsks() {
        Change change = only(run().exec(PROGRAM)
                .call("brk", 0x500000, 0)
                .call("brk", 0x521000, 0x521000)
                .then(PROGRAM, "500000-521000 rw-p 00000000 00:00 0 [heap]"));
        is(change, ChangeKind.ADDED, Role.HEAP, 0x21000, "heap+0x0", 1L);
    }

    @Test
    void aTrimmedHeapShrinks() {
        RunBuilder run = run().exec(PROGRAM)
                .call("brk", 0x530000, 0x530000)
                .then(PROGRAM, "500000-530000 rw-p 00000000 00:00 0 [heap]")
                .call("brk", 0x510000, 0x510000)
                .then(PROGRAM, "500000-510000 rw-p 00000000 00:00 0 [heap]");
        is(run.analyse().changes().get(1), ChangeKind.SHRANK, Role.HEAP, -0x20000, "heap+0x10000", 1L);
    }

    @Test
    void aHoleSplitsARegionAndFillingItMergesTheHalves() {
        RunBuilder run = run().exec(PROGRAM, "700000-703000 rw-p")
                .call("munmap", 0, 0x701000, 0x1000)
                .then(PROGRAM, "700000-701000 rw-p", "702000-703000 rw-p");
        List<Change> changes = map(run, 0x701000, 0x1000)
                .then(PROGRAM, "700000-703000 rw-p")
                .analyse()
                .changes();
        is(changes.get(0), ChangeKind.SPLIT, Role.ANONYMOUS, -0x1000, "anon#1+0x1000", 0L);
        is(changes.get(1), ChangeKind.MERGED, Role.ANONYMOUS, 0x1000, "anon#1+0x1000", 1L);
    }

    @Test
    void aRegionThatIsWhollyUnmappedIsRemoved() {
        Change change = only(run().exec(PROGRAM, "700000-703000 rw-p")
                .call("munmap", 0, 0x700000, 0x3000)
                .then(PROGRAM));
        is(change, ChangeKind.REMOVED, Role.ANONYMOUS, -0x3000, "anon#1+0x0", 0L);
        assertThat(change.after()).isNull();
    }

    @Test
    void aProtectedPageInTheHeapIsReprotectedAndStaysHeap() {
        RunBuilder run = run().exec(PROGRAM)
                .call("brk", 0x503000, 0x503000)
                .then(PROGRAM, "500000-503000 rw-p 00000000 00:00 0 [heap]")
                .call("mprotect", 0, 0x501000, 0x1000, 0)
                .then(
                        PROGRAM,
                        "500000-501000 rw-p 00000000 00:00 0 [heap]",
                        "501000-502000 ---p 00000000 00:00 0 [heap]",
                        "502000-503000 rw-p 00000000 00:00 0 [heap]");
        Change change = run.analyse().changes().get(1);
        is(change, ChangeKind.REPROTECTED, Role.HEAP, 0, "heap+0x1000", 1L);
        assertThat(change.range().length()).isEqualTo(0x1000);
    }

    @Test
    void aMovedMappingIsMovedOnceHoweverOftenItMoved() {
        Change change = only(run().exec(PROGRAM, "700000-710000 rw-p")
                .call("mremap", 0x800000, 0x700000, 0x10000, 0x20000, 1)
                .call("mremap", 0x900000, 0x800000, 0x20000, 0x30000, 1)
                .then(PROGRAM, "900000-930000 rw-p"));
        is(change, ChangeKind.MOVED, Role.ANONYMOUS, 0x20000, "anon#2+0x0", 0L, 1L);
        assertThat(change.before()).isNotNull();
    }

    @Test
    void pagesThatCameIntoMemoryAreResidencyByTheKernel() {
        Change change =
                only(run().exec(PROGRAM, "rss=0 700000-710000 rw-p").then(PROGRAM, "rss=8192 700000-710000 rw-p"));
        is(change, ChangeKind.RESIDENCY, Role.ANONYMOUS, 8192, "anon#1+0x0");
        assertThat(change.cause()).isEqualTo(CauseKind.KERNEL);
    }

    @Test
    void pagesThatWereGivenBackAreResidencyByMadvise() {
        Change change = only(run().exec(PROGRAM, "rss=8192 700000-710000 rw-p")
                .call("madvise", 0, 0x700000, 0x10000, 4)
                .then(PROGRAM, "rss=0 700000-710000 rw-p"));
        is(change, ChangeKind.RESIDENCY, Role.ANONYMOUS, -8192, "anon#1+0x0", 0L);
        assertThat(change.cause()).isEqualTo(CauseKind.EVENT);
    }

    @Test
    void theStackGrowsByTheKernel() {
        Change change = only(run().exec(PROGRAM, "7ff000-800000 rw-p 00000000 00:00 0 [stack]")
                .then(PROGRAM, "7f0000-800000 rw-p 00000000 00:00 0 [stack]"));
        is(change, ChangeKind.GREW, Role.STACK, 0xf000, "stack-0x10000");
        assertThat(change.cause()).isEqualTo(CauseKind.KERNEL);
    }

    @Test
    void whatNoCallExplainsIsUnexplained() {
        Change change = only(run().exec(PROGRAM).then(PROGRAM, "700000-701000 rw-p"));
        is(change, ChangeKind.ADDED, Role.ANONYMOUS, 0x1000, "anon#1+0x0");
        assertThat(change.cause()).isEqualTo(CauseKind.UNEXPLAINED);
    }

    @Test
    void whereNoCallCouldBeSeenAChangeIsNotCalledUnexplained() {
        Change added = only(run().watched().exec(PROGRAM).then(PROGRAM, "700000-701000 rw-p"));
        assertThat(added.cause()).isEqualTo(CauseKind.NOT_OBSERVED);

        Change touched = only(
                run().watched().exec(PROGRAM, "rss=8192 700000-710000 rw-p").then(PROGRAM, "rss=0 700000-710000 rw-p"));
        assertThat(touched.kind()).isEqualTo(ChangeKind.RESIDENCY);
        assertThat(touched.cause()).isEqualTo(CauseKind.NOT_OBSERVED);

        Change stack = only(run().watched()
                .exec(PROGRAM, "7ff000-800000 rw-p 00000000 00:00 0 [stack]")
                .then(PROGRAM, "7f0000-800000 rw-p 00000000 00:00 0 [stack]"));
        assertThat(stack.cause()).isEqualTo(CauseKind.KERNEL);
    }

    @Test
    void aFailedCallCausesNothing() {
        RunBuilder run = run().exec(PROGRAM)
                .fails("mmap", 12, 0, 0x1000, READ_WRITE, PRIVATE_ANONYMOUS, -1, 0)
                .then(PROGRAM);
        assertThat(run.analyse().changes()).isEmpty();
        assertThat(Replay.of(run.build()).discrepancies()).isEmpty();
    }

    /** At the same addresses: nothing but what lies there, or what may be done with it, is another than the calls make. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "7f0000-7f4000 r--p 00000000 00:00 0",
                "7f0000-7f4000 rw-s 00000000 00:00 0",
                "7f0000-7f4000 rw-p 00000000 fe:00 9 /file"
            })
    void memoryThatBecameAnotherWithoutACallIsADiscrepancy(String row) {
        String before = "7f0000-7f4000 rw-p 00000000 00:00 0";
        assertThat(Replay.of(run().exec(PROGRAM, before).then(PROGRAM, before).build())
                        .discrepancies())
                .isEmpty();
        assertThat(Replay.of(run().exec(PROGRAM, before).then(PROGRAM, row).build())
                        .discrepancies())
                .singleElement()
                .satisfies(found -> assertThat(found.range().start()).isEqualTo(0x7f0000));
    }

    @Test
    void whatTheLoaderDidIsKeptApartFromWhatTheProgramDid() {
        String loader = "600000-602000 r-xp 00000000 fe:00 8 /ld.so";
        RunBuilder run = new RunBuilder()
                .layout(RunBuilder.layout(0x400000L, 0x500000L, null, 0x600000L, null))
                .exec(PROGRAM, loader)
                .from(0x600100);
        map(run, 0x702000, 0x1000).from(0x400100);
        List<Change> changes = map(run, 0x700000, 0x2000)
                .then(PROGRAM, loader, "700000-703000 rw-p")
                .analyse()
                .changes();
        assertThat(changes)
                .extracting(Change::cause, Change::bytes, Change::causedBy)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(CauseKind.EVENT, 0x2000L, List.of(1L)),
                        org.assertj.core.groups.Tuple.tuple(CauseKind.LOADER, 0x1000L, List.of(0L)));
    }

    @Test
    void whatTheLoaderMappedAndTheProgramChangedIsTheProgramsDoing() {
        String loader = "600000-602000 r-xp 00000000 fe:00 8 /ld.so";
        RunBuilder run = new RunBuilder()
                .layout(RunBuilder.layout(0x400000L, 0x500000L, null, 0x600000L, null))
                .exec(PROGRAM, loader)
                .from(0x600100);
        map(run, 0x700000, 0x1000).from(0x400100).call("mprotect", 0, 0x700000, 0x1000, 1);
        Change change = only(run.then(PROGRAM, loader, "700000-701000 r--p"));
        assertThat(change.cause()).isEqualTo(CauseKind.EVENT);
        assertThat(change.causedBy()).containsExactly(0L, 1L);
    }

    @Test
    void aNewProgramStartsAnew() {
        RunBuilder run = map(run().exec(PROGRAM), 0x700000, 0x1000)
                .call("execve", 0)
                .exec("800000-801000 r-xp 00000000 fe:00 9 /other")
                .then("800000-801000 r-xp 00000000 fe:00 9 /other");
        assertThat(run.analyse().changes()).isEmpty();
    }

    @Test
    void anotherProcesssNewProgramIsNoNewBeginningForABystander() {
        RunBuilder run = run().exec(PROGRAM);
        Change change = only(map(run, 0x700000, 0x1000).exec(PROGRAM, "700000-701000 rw-p"));
        is(change, ChangeKind.ADDED, Role.ANONYMOUS, 0x1000, "anon#1+0x0", 0L);
    }

    @Test
    void aForkedChildIsComparedWithItsParentAtTheFork() {
        RunBuilder run = map(run().exec(PROGRAM), 0x700000, 0x1000).call("clone", 101, 17);
        map(run, 0x600000, 0x1000);
        map(run.by(101), 0x800000, 0x1000);
        Change change = only(run.then(PROGRAM, "700000-701000 rw-p", "800000-801000 rw-p"));
        is(change, ChangeKind.ADDED, Role.ANONYMOUS, 0x1000, "anon#2+0x0", 3L);
        assertThat(change.from()).isZero();
    }

    @Test
    void theChildOfVforkWorksInItsParentsMemory() {
        RunBuilder run = run().exec(PROGRAM).call("vfork", 101).by(101);
        map(run, 0x700000, 0x1000);
        Change change = only(run.by(RunBuilder.PID).then(PROGRAM, "700000-701000 rw-p"));
        is(change, ChangeKind.ADDED, Role.ANONYMOUS, 0x1000, "anon#1+0x0", 1L);
    }

    @Test
    void aThreadsStackHasAGuardAndKeepsItsNameAfterTheThread() {
        RunBuilder run = run().exec(PROGRAM)
                .calling("pthread_create", 0, 0x400100)
                .call("mmap", 0x700000, 0, 0x11000, 0, 0x20022, -1, 0)
                .call("mprotect", 0, 0x701000, 0x10000, READ_WRITE)
                .threads(
                        new ThreadState(RunBuilder.PID, "main", null, null), new ThreadState(101, "t", 0x710f00L, null))
                .then(PROGRAM, "700000-701000 ---p", "701000-711000 rw-p")
                .threads(new ThreadState(RunBuilder.PID, "main", null, null))
                .then(PROGRAM, "700000-701000 ---p", "701000-711000 rw-p");
        Analysis analysis = run.analyse();
        assertThat(analysis.changes()).extracting(Change::role).containsExactly(Role.STACK_GUARD, Role.THREAD_STACK);
        assertThat(analysis.observation().snapshots().get(2).mappings())
                .extracting(mapping -> mapping.role())
                .contains(Role.STACK_GUARD, Role.THREAD_STACK);
    }
}
