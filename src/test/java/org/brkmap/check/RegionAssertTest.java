package org.brkmap.check;

import static org.brkmap.check.Failures.assertFails;
import static org.brkmap.check.MemoryAssertions.assertThat;
import static org.brkmap.check.SampleRun.HEAP_AFTER;
import static org.brkmap.check.SampleRun.TEXT;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.brkmap.model.Role;
import org.junit.jupiter.api.Test;

class RegionAssertTest {
    private static final String FOUND = "555500000000-555500049000  heap rw-p  292 KiB  [heap]";

    private static void fails(ThrowingCallable assertion, String what, String expected, String actual) {
        int width = Math.max("expected".length(), expected.length());
        assertFails(
                assertion,
                "the region should have another " + what,
                "  expected: " + expected,
                "  actual:   " + actual,
                "    expected" + " ".repeat(width - "expected".length()) + "  actual",
                "  ~ " + expected + " ".repeat(width - expected.length()) + "  " + FOUND);
    }

    @Test
    void aRegionHasARole() {
        assertThat(HEAP_AFTER).hasRole(Role.HEAP);
        fails(() -> assertThat(HEAP_AFTER).hasRole(Role.STACK), "role", "stack", "heap");
    }

    @Test
    void aRegionHasASize() {
        assertThat(HEAP_AFTER).hasSize(299008).hasSizeAtLeast(299008);
        fails(() -> assertThat(HEAP_AFTER).hasSize(299009), "size", "299009 bytes", "292 KiB");
        fails(() -> assertThat(HEAP_AFTER).hasSizeAtLeast(299009), "size", "at least 299009 bytes", "292 KiB");
    }

    @Test
    void aRegionHasPermissions() {
        assertThat(HEAP_AFTER).hasPermissions("rw-p");
        fails(() -> assertThat(HEAP_AFTER).hasPermissions("r-xp"), "permissions", "r-xp", "rw-p");
    }

    @Test
    void aRegionHoldsAddresses() {
        assertThat(HEAP_AFTER).holds(0x555500048fffL);
        fails(
                () -> assertThat(HEAP_AFTER).holds(0x555500049000L),
                "range",
                "holds 0x555500049000",
                "555500000000-555500049000");
    }

    @Test
    void partOfARegionIsInMemory() {
        assertThat(HEAP_AFTER).hasResident(8192).hasResidentAtLeast(4096);
        fails(() -> assertThat(HEAP_AFTER).hasResident(4096), "resident memory", "4 KiB", "8 KiB");
        fails(() -> assertThat(HEAP_AFTER).hasResidentAtLeast(12288), "resident memory", "at least 12 KiB", "8 KiB");
    }

    @Test
    void unknownResidenceIsNotZero() {
        assertFails(
                () -> assertThat(TEXT).hasResident(0),
                "the region should have another resident memory",
                "  expected: 0 bytes",
                "  actual:   n/a",
                "    expected  actual",
                "  ~ 0 bytes   1000-2000  program text r-xp  4 KiB  /bin/odd\\x0aname");
        assertFails(
                () -> assertThat(TEXT).hasResidentAtLeast(0),
                "the region should have another resident memory",
                "  expected: at least 0 bytes",
                "  actual:   n/a",
                "    expected          actual",
                "  ~ at least 0 bytes  1000-2000  program text r-xp  4 KiB  /bin/odd\\x0aname");
    }
}
