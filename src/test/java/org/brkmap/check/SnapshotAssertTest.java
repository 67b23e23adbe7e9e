package org.brkmap.check;

import static org.brkmap.check.Failures.assertFails;
import static org.brkmap.check.MemoryAssertions.assertThat;
import static org.brkmap.check.SampleRun.BLOCK;
import static org.brkmap.check.SampleRun.DONE;
import static org.brkmap.check.SampleRun.FULL;
import static org.brkmap.check.SampleRun.MAPPED;
import static org.brkmap.check.SampleRun.START;

import java.util.List;
import org.brkmap.model.AddressRange;
import org.brkmap.model.Role;
import org.junit.jupiter.api.Test;

class SnapshotAssertTest {
    @Test
    void aHeapIsThereOrNot() {
        assertThat(FULL).hasHeap();
        assertThat(START).hasNoHeap();
        assertFails(
                () -> assertThat(START).hasHeap(),
                "there should be heap at \"start\"",
                "  expected: heap",
                "  actual:   no heap",
                "    expected  actual",
                "  - heap      .");
        assertFails(
                () -> assertThat(FULL).hasNoHeap(),
                "there should be no heap at \"Press key to free\"",
                "  expected: no heap",
                "  actual:   292 KiB of heap",
                "    expected  actual",
                "  + .         555500000000-555500049000  heap rw-p  292 KiB  [heap]");
    }

    @Test
    void sizesOfARoleAreSummedOverRows() {
        assertThat(FULL).hasBytes(Role.ANONYMOUS, 266240);
        assertFails(
                () -> assertThat(FULL).hasBytes(Role.ANONYMOUS, 262144),
                "anonymous should have another size at \"Press key to free\"",
                "  expected: 256 KiB",
                "  actual:   260 KiB",
                "    expected  actual",
                "  ~ 256 KiB   7fff00000000-7fff00041000  anonymous rw-p  260 KiB");
    }

    @Test
    void theWholeAddressSpaceIsMeasured() {
        assertThat(START).hasVirtualSize(4096);
        assertFails(
                () -> assertThat(START).hasVirtualSize(4097),
                "the address space should have another size at \"start\"",
                "  expected: 4097 bytes",
                "  actual:   4 KiB");
    }

    @Test
    void aRegionIsFoundByRole() {
        assertThat(FULL).regionWithRole(Role.ANONYMOUS).hasSize(266240);
        assertFails(
                () -> assertThat(DONE).regionWithRole(Role.ANONYMOUS),
                "there should be anonymous at \"Press key to close\"",
                "  expected: anonymous",
                "  actual:   no anonymous",
                "    expected   actual",
                "  - anonymous  .");
    }

    @Test
    void aRegionIsFoundByAddress() {
        assertThat(FULL).regionHolding(BLOCK.start() + 16).hasRole(Role.ANONYMOUS);
        assertFails(
                () -> assertThat(DONE).regionHolding(BLOCK.start()),
                "the address should be mapped at \"Press key to close\"",
                "  expected: a region that holds 0x7fff00000000",
                "  actual:   nothing is mapped there");
    }

    @Test
    void intervalsAreCoveredWhateverTheRows() {
        assertThat(FULL).covers(BLOCK);
        assertThat(DONE).doesNotCover(BLOCK);
        AddressRange longer = new AddressRange(BLOCK.start(), BLOCK.end() + 4096);
        assertFails(
                () -> assertThat(FULL).covers(longer),
                "all of 7fff00000000-7fff00042000 should be mapped at \"Press key to free\"",
                "  expected: 264 KiB mapped",
                "  actual:   260 KiB mapped",
                "    expected                   actual",
                "  ~ 7fff00000000-7fff00042000  7fff00000000-7fff00041000  anonymous rw-p  260 KiB");
        assertFails(
                () -> assertThat(FULL).doesNotCover(longer),
                "nothing of 7fff00000000-7fff00042000 should be mapped at \"Press key to free\"",
                "  expected: 0 bytes mapped",
                "  actual:   260 KiB mapped",
                "    expected  actual",
                "  + .         7fff00000000-7fff00041000  anonymous rw-p  260 KiB");
    }

    @Test
    void regionsWithoutARoleAreShownWithTheirNamesMadeHarmless() {
        assertThat(FULL).hasOnlyExplainedMappings();
        assertFails(
                () -> assertThat(START.withMappings(
                                List.of(SampleRun.TEXT.withRole(Role.UNKNOWN), MAPPED.withRole(Role.OTHER))))
                        .hasOnlyExplainedMappings(),
                "every region should have a known role at \"start\"",
                "  expected: 0 regions without a role",
                "  actual:   2 regions without a role",
                "    expected  actual",
                "  + .         1000-2000                  unknown r-xp  4 KiB  /bin/odd\\x0aname",
                "  + .         7fff00000000-7fff00041000  other rw-p  260 KiB");
    }

    @Test
    void absenceOfARoleFailsWithTheRegionsFound() {
        assertThat(DONE).hasNo(Role.ANONYMOUS).has(Role.PROGRAM_TEXT);
        assertFails(
                () -> assertThat(FULL).hasNo(Role.ANONYMOUS),
                "there should be no anonymous at \"Press key to free\"",
                "  expected: no anonymous",
                "  actual:   260 KiB of anonymous",
                "    expected  actual",
                "  + .         7fff00000000-7fff00041000  anonymous rw-p  260 KiB");
    }
}
