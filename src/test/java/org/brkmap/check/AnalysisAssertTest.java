package org.brkmap.check;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.brkmap.check.Failures.assertFails;
import static org.brkmap.check.MemoryAssertions.assertThat;
import static org.brkmap.check.SampleRun.BLOCK_WENT;
import static org.brkmap.check.SampleRun.HEAP_GREW;
import static org.brkmap.check.SampleRun.UNEXPLAINED;
import static org.brkmap.check.SampleRun.run;

import org.assertj.core.api.SoftAssertions;
import org.brkmap.model.CallSite;
import org.brkmap.model.Ending;
import org.brkmap.model.Role;
import org.junit.jupiter.api.Test;

class AnalysisAssertTest {
    private static final Ending WELL = new Ending(0, null, null, null, null);

    @Test
    void snapshotsAreFoundByTheirLabelOrAUniqueBeginningOfIt() {
        assertThat(run()).snapshot("start").hasNoHeap();
        assertThat(run()).snapshot("Press key to a").hasHeap();
        assertFails(
                () -> assertThat(run()).snapshot("Press key"),
                "the program should have stopped there",
                "  expected: a checkpoint \"Press key\"",
                "  actual:   [\"start\", \"Press key to allocate\", \"Press key to free\", \"Press key to close\"]");
    }

    @Test
    void changesBetweenSnapshotsThatAreNotNeighboursAreAllTheStepsOnTheWay() {
        assertThat(run())
                .changesBetween("start", "Press key to close")
                .hasCount(4)
                .addUpTo(299008);
        assertFails(
                () -> assertThat(run()).changesBetween("Press key to close", "start"),
                "the program should have stopped there",
                "  expected: a checkpoint \"start\"",
                "  actual:   [\"start\", \"Press key to allocate\", \"Press key to free\", \"Press key to close\"]");
    }

    @Test
    void theWayAProgramEndedIsTold() {
        assertThat(run()).endedWell();
        CallSite where = new CallSite(0x1200, "/bin/two", 0x200L, "main", "/src/two.c", 3);
        assertFails(
                () -> assertThat(run(new Ending(null, "SIGSEGV", null, "wrote to 0x0", where)))
                        .endedWell(),
                "the program should end by itself",
                "  expected: exit status 0",
                "  actual:   ended by SIGSEGV (wrote to 0x0)",
                "  cause:    two.c:3");
        assertFails(
                () -> assertThat(run(new Ending(3, null, null, null, null))).endedWell(),
                "the program should end by itself",
                "  expected: exit status 0",
                "  actual:   exit status 3");
    }

    @Test
    void unexplainedChangesAreShown() {
        assertThat(run()).hasOnlyExplainedChanges();
        assertFails(
                () -> assertThat(run(WELL, HEAP_GREW, UNEXPLAINED)).hasOnlyExplainedChanges(),
                "every change should have a cause",
                "  expected: 0 unexplained changes",
                "  actual:   1 unexplained change",
                "    before                     after",
                "  ~ 555500000000-555500049000  555500000000-555500021000"
                        + "  heap rw-p  292 KiB -> 132 KiB  at heap+0x21000");
    }

    @Test
    void aSnapshotThatIsNotWhatTheCallsMakeOfTheOneBeforeIsTold() {
        assertThat(SampleRun.still()).replaysExactly();
        assertFails(
                () -> assertThat(SampleRun.withoutItsMmap()).replaysExactly(),
                "the calls since a snapshot should give the next",
                "  expected: 0 discrepancies",
                "  actual:   1 discrepancy",
                "  snapshot 3, 7fff00000000-7fff00041000: replayed nothing, read rw-p");
    }

    @Test
    void aDescriptionReachesTheSubjectsItLeadsTo() {
        assertThatThrownBy(() -> assertThat(run())
                        .as("ten blocks")
                        .changes()
                        .removed(Role.ANONYMOUS)
                        .hasCount(2))
                .hasMessageStartingWith("[ten blocks] there should be another number of changes in this run");
    }

    @Test
    void severalFailuresAreCollectedSoftly() {
        SoftAssertions softly = new SoftAssertions();
        softly.check(() -> assertThat(run()).changes().areNone());
        softly.check(() -> assertThat(run()).snapshot("start").hasHeap());
        softly.check(() -> assertThat(BLOCK_WENT, run()).areCausedBy("munmap"));
        org.assertj.core.api.Assertions.assertThat(softly.assertionErrorsCollected())
                .extracting(error -> error.getMessage().lines().findFirst().orElse(""))
                .containsExactly("there should be no such change in this run", "there should be heap at \"start\"");
    }
}
