package org.brkmap.check;

import static org.brkmap.check.Failures.assertFails;
import static org.brkmap.check.MemoryAssertions.assertThat;
import static org.brkmap.check.SampleRun.BLOCK;
import static org.brkmap.check.SampleRun.BLOCK_WENT;
import static org.brkmap.check.SampleRun.HEAP_GREW;
import static org.brkmap.check.SampleRun.UNEXPLAINED;
import static org.brkmap.check.SampleRun.run;

import java.util.List;
import org.brkmap.model.CauseKind;
import org.brkmap.model.Change;
import org.brkmap.model.ChangeKind;
import org.brkmap.model.Ending;
import org.brkmap.model.Role;
import org.junit.jupiter.api.Test;

class ChangesAssertTest {
    private static final String GREW =
            "  ~ 555500000000-555500021000  555500000000-555500049000  heap rw-p  132 KiB -> 292 KiB  at heap+0x21000";
    private static final String CAME =
            "  + .                          7fff00000000-7fff00041000  anonymous rw-p  260 KiB  at anon#1+0x0";

    private static ChangesAssert allocating() {
        return assertThat(run()).changesBetween("Press key to allocate", "Press key to free");
    }

    @Test
    void aRegionThatCameIsFoundByItsRole() {
        allocating().added(Role.ANONYMOUS).hasCount(1).addUpTo(266240);
        assertFails(
                () -> assertThat(run())
                        .changesBetween("Press key to free", "Press key to close")
                        .added(Role.ANONYMOUS),
                "anonymous should have been added between \"Press key to free\" and \"Press key to close\"",
                "  expected: anonymous added",
                "  actual:   other changes",
                "  cause:    two.c:4  free(0x7fff00000010) -> munmap",
                "    before                     after",
                "  - 7fff00000000-7fff00041000  .      anonymous rw-p  260 KiB  at anon#1+0x0");
    }

    @Test
    void aRegionThatWentIsFoundByItsRole() {
        assertThat(run()).changes().removed(Role.ANONYMOUS).shrankBy(266240).areCausedBy("munmap");
        assertFails(
                () -> allocating().removed(Role.HEAP),
                "heap should have been removed between \"Press key to allocate\" and \"Press key to free\"",
                "  expected: heap removed",
                "  actual:   other changes",
                "  cause:    two.c:2  malloc(32768) -> brk",
                "            two.c:3  malloc(262144) -> mmap",
                "    before                     after",
                GREW,
                CAME);
    }

    @Test
    void growthIsFoundByItsRoleAndMeasured() {
        allocating().grew(Role.HEAP).grewBy(163840);
        assertFails(
                () -> allocating().grew(Role.HEAP).grewBy(135168),
                "the changes between \"Press key to allocate\" and \"Press key to free\" should add up to another size",
                "  expected: +132 KiB",
                "  actual:   +160 KiB",
                "  cause:    two.c:2  malloc(32768) -> brk",
                "    before                     after",
                GREW);
    }

    @Test
    void shrinkingIsFoundByItsRole() {
        assertThat(UNEXPLAINED, run()).shrank(Role.HEAP).shrankBy(163840);
        assertFails(
                () -> assertThat(HEAP_GREW, run()).shrank(Role.HEAP),
                "heap should have been shrunk here",
                "  expected: heap shrunk",
                "  actual:   other changes",
                "  cause:    two.c:2  malloc(32768) -> brk",
                "    before                     after",
                GREW);
    }

    @Test
    void gainAndLossDoNotAskForRowsOfTheirOwn() {
        allocating().gained(Role.ANONYMOUS).addUpTo(266240);
        allocating().gained(Role.HEAP).addUpTo(163840);
        assertThat(run()).changes().lost(Role.ANONYMOUS).hasCount(1);
        assertFails(
                () -> assertThat(BLOCK_WENT, run()).gained(Role.STACK),
                "stack should have been gained here",
                "  expected: stack gained",
                "  actual:   other changes",
                "  cause:    two.c:4  free(0x7fff00000010) -> munmap",
                "    before                     after",
                "  - 7fff00000000-7fff00041000  .      anonymous rw-p  260 KiB  at anon#1+0x0");
        assertFails(
                () -> assertThat(run())
                        .changesBetween("start", "Press key to allocate")
                        .lost(Role.HEAP),
                "heap should have been lost between \"start\" and \"Press key to allocate\"",
                "  expected: heap lost",
                "  actual:   other changes",
                "  cause:    brk by the loader",
                "    before  after",
                "  + .       555500000000-555500021000  heap rw-p  132 KiB  at heap+0x0");
    }

    @Test
    void aSplitIsFoundByItsRole() {
        Change split = new Change(
                2,
                3,
                ChangeKind.SPLIT,
                Role.ANONYMOUS,
                BLOCK,
                "anon#1+0x0",
                -266240,
                null,
                null,
                CauseKind.EVENT,
                List.of(5L));
        assertThat(split, run()).split(Role.ANONYMOUS).shrankBy(266240).areCausedBy("munmap");
        assertThat(split, run()).lost(Role.ANONYMOUS);
        assertFails(
                () -> assertThat(HEAP_GREW, run()).split(Role.HEAP),
                "heap should have been split here",
                "  expected: heap split",
                "  actual:   other changes",
                "  cause:    two.c:2  malloc(32768) -> brk",
                "    before                     after",
                GREW);
    }

    @Test
    void aRolesChangesCanBeForbidden() {
        allocating().leftAlone(Role.STACK);
        assertFails(
                () -> allocating().leftAlone(Role.HEAP),
                "there should be no such change between \"Press key to allocate\" and \"Press key to free\"",
                "  expected: left alone: heap",
                "  actual:   1 change",
                "  cause:    two.c:2  malloc(32768) -> brk",
                "    before                     after",
                GREW);
    }

    @Test
    void gainsOfOtherRolesCanBeForbidden() {
        assertThat(run()).changesBetween("start", "Press key to allocate").gainedOnly(Role.HEAP);
        assertFails(
                () -> allocating().gainedOnly(Role.HEAP),
                "there should be no such change between \"Press key to allocate\" and \"Press key to free\"",
                "  expected: gained by heap alone",
                "  actual:   1 change",
                "  cause:    two.c:3  malloc(262144) -> mmap",
                "    before  after",
                "  + .       7fff00000000-7fff00041000  anonymous rw-p  260 KiB  at anon#1+0x0");
    }

    @Test
    void noChangeAtAllCanBeDemanded() {
        assertThat(run(new Ending(0, null, null, null, null))).changes().areNone();
        assertFails(
                () -> assertThat(BLOCK_WENT, run()).areNone(),
                "there should be no such change here",
                "  expected: unchanged",
                "  actual:   1 change",
                "  cause:    two.c:4  free(0x7fff00000010) -> munmap",
                "    before                     after",
                "  - 7fff00000000-7fff00041000  .      anonymous rw-p  260 KiB  at anon#1+0x0");
    }

    @Test
    void changesAreCounted() {
        allocating().hasCount(2);
        assertFails(
                () -> allocating().grew(Role.HEAP).hasCount(2),
                "there should be another number of changes between \"Press key to allocate\" and \"Press key to free\"",
                "  expected: 2 changes",
                "  actual:   1 change",
                "  cause:    two.c:2  malloc(32768) -> brk",
                "    before                     after",
                GREW);
    }

    @Test
    void theSystemCallBehindEachChangeIsKnown() {
        allocating().grew(Role.HEAP).areCausedBy("brk");
        assertFails(
                () -> allocating().areCausedBy("brk"),
                "each change between \"Press key to allocate\" and \"Press key to free\" should be caused by brk alone",
                "  expected: brk",
                "  actual:   1 change with another cause",
                "  cause:    two.c:3  malloc(262144) -> mmap",
                "    before  after",
                "  + .       7fff00000000-7fff00041000  anonymous rw-p  260 KiB  at anon#1+0x0");
    }

    @Test
    void pagesThatTheKernelMapsAlongNeedNoCallOfTheProgram() {
        Change pages = new Change(
                2,
                3,
                ChangeKind.RESIDENCY,
                Role.LIBRARY_TEXT,
                BLOCK,
                "libc.so.6+0x26000",
                0,
                null,
                null,
                CauseKind.KERNEL,
                List.of());
        assertThat(pages, run()).areCausedBy("mmap").areOnBehalfOf("malloc").areAtLine("two.c", 3);
    }

    @Test
    void theFunctionBehindEachChangeIsKnown() {
        allocating().areOnBehalfOf("malloc");
        assertFails(
                () -> assertThat(BLOCK_WENT, run()).areOnBehalfOf("realloc"),
                "each change here should be made on behalf of realloc",
                "  expected: realloc",
                "  actual:   1 change with another cause",
                "  cause:    two.c:4  free(0x7fff00000010) -> munmap",
                "    before                     after",
                "  - 7fff00000000-7fff00041000  .      anonymous rw-p  260 KiB  at anon#1+0x0");
    }

    @Test
    void theLineBehindEachChangeIsKnown() {
        allocating().grew(Role.HEAP).areAtLine("two.c", 2);
        assertFails(
                () -> allocating().grew(Role.HEAP).areAtLine("two.c", 3),
                "each change between \"Press key to allocate\" and \"Press key to free\" should come from two.c:3",
                "  expected: two.c:3",
                "  actual:   1 change with another cause",
                "  cause:    two.c:2  malloc(32768) -> brk",
                "    before                     after",
                GREW);
    }

    @Test
    void aLineCanBeNamedByItsText() {
        allocating().areAtLineWith("two.c", "malloc(");
        assertFails(
                () -> allocating().grew(Role.HEAP).areAtLineWith("two.c", "malloc(262144)"),
                "each change between \"Press key to allocate\" and \"Press key to free\""
                        + " should come from a line of two.c with 'malloc(262144)'",
                "  expected: two.c line [3]",
                "  actual:   1 change with another cause",
                "  cause:    two.c:2  malloc(32768) -> brk",
                "    before                     after",
                GREW);
        assertFails(
                () -> allocating().grew(Role.HEAP).areAtLineWith("two.c", "calloc"),
                "each change between \"Press key to allocate\" and \"Press key to free\""
                        + " should come from a line of two.c with 'calloc'",
                "  expected: a line with 'calloc' (there is none)",
                "  actual:   1 change with another cause",
                "  cause:    two.c:2  malloc(32768) -> brk",
                "    before                     after",
                GREW);
    }

    @Test
    void changesWithoutCauseAreToldApart() {
        assertThat(run()).changes().areAllExplained();
        assertFails(
                () -> assertThat(UNEXPLAINED, run()).as("freeing").areAllExplained(),
                "[freeing] each change here should have a cause that was seen",
                "  expected: a cause",
                "  actual:   1 change with another cause",
                "  cause:    unexplained",
                "    before                     after",
                "  ~ 555500000000-555500049000  555500000000-555500021000"
                        + "  heap rw-p  292 KiB -> 132 KiB  at heap+0x21000");
    }
}
