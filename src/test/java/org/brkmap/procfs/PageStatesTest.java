package org.brkmap.procfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.brkmap.model.AddressRange;
import org.brkmap.model.Backing;
import org.brkmap.model.Mapping;
import org.brkmap.model.PageRun;
import org.brkmap.model.PageState;
import org.brkmap.model.Permissions;
import org.brkmap.model.Usage;
import org.brkmap.procfs.PageMap.Entry;
import org.brkmap.procfs.PageMap.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageStatesTest {
    private static final int PAGE = 4096;
    private static final Backing FILE = new Backing(8, 1, 12, 0, "/bin/x");

    @ParameterizedTest
    @CsvSource({
        "0000000000000000, ABSENT",
        "4400000000000000, GUARD",
        "4000000000000123, SWAPPED",
        "a000000000000000, FILE_OR_SHARED",
        "a100000000000000, FILE_OR_SHARED",
        "8100000000000000, EXCLUSIVE",
        "8000000000000000, OTHER",
        "8180000000151e00, EXCLUSIVE",
        "2000000000000000, ABSENT"
    })
    void an_entry_is_read_by_its_bits(String bits, Entry expected) {
        assertThat(Entry.of(Long.parseUnsignedLong(bits, 16))).isEqualTo(expected);
    }

    @Test
    void memory_shared_since_a_fork_is_anonymous_when_all_of_it_is_counted() {
        assertThat(states(Backing.ANONYMOUS, 5, 0, new Run(Entry.EXCLUSIVE, 2), new Run(Entry.OTHER, 3)))
                .containsExactly(new PageRun(PageState.ANONYMOUS, 5));
    }

    @Test
    void pages_of_zeros_are_told_when_none_of_them_is_counted() {
        assertThat(states(Backing.ANONYMOUS, 2, 0, new Run(Entry.EXCLUSIVE, 2), new Run(Entry.OTHER, 3)))
                .containsExactly(new PageRun(PageState.ANONYMOUS, 2), new PageRun(PageState.ZERO, 3));
    }

    @Test
    void zeros_mixed_with_memory_shared_since_a_fork_are_not_told() {
        assertThat(states(Backing.ANONYMOUS, 3, 0, new Run(Entry.EXCLUSIVE, 2), new Run(Entry.OTHER, 3)))
                .isNull();
    }

    @Test
    void copies_shared_since_a_fork_are_told_by_their_count() {
        assertThat(states(FILE, 3, 0, new Run(Entry.FILE_OR_SHARED, 1), new Run(Entry.OTHER, 3)))
                .containsExactly(new PageRun(PageState.FILE, 1), new PageRun(PageState.COPIED, 3));
        assertThat(states(FILE, 0, 0, new Run(Entry.OTHER, 3))).isNull();
    }

    @Test
    void huge_pages_are_marked_within_their_run_and_only_when_the_count_agrees() {
        Run[] runs = {new Run(Entry.ABSENT, 100), new Run(Entry.EXCLUSIVE, 1000)};
        assertThat(states(Backing.ANONYMOUS, 1000, 512, runs))
                .containsExactly(
                        new PageRun(PageState.ABSENT, 100),
                        new PageRun(PageState.ANONYMOUS, 412),
                        new PageRun(PageState.HUGE, 512),
                        new PageRun(PageState.ANONYMOUS, 76));
        assertThat(states(Backing.ANONYMOUS, 2048, 512, new Run(Entry.EXCLUSIVE, 2048)))
                .as("which one of four blocks it is, nobody knows")
                .containsExactly(new PageRun(PageState.ANONYMOUS, 2048));
    }

    @Test
    void pages_of_the_kernels_own_are_shared() {
        Backing vvar = new Backing(0, 0, 0, 0, "[vvar]");
        assertThat(states(vvar, 0, 0, new Run(Entry.OTHER, 1), new Run(Entry.ABSENT, 3)))
                .containsExactly(new PageRun(PageState.SHARED, 1), new PageRun(PageState.ABSENT, 3));
    }

    private static List<PageRun> states(Backing backing, long anonymousPages, long hugePages, Run... runs) {
        long anonymous = anonymousPages * PAGE;
        Usage usage =
                new Usage(anonymous, null, null, null, null, null, null, anonymous, null, hugePages * PAGE, null, null);
        Mapping mapping =
                Mapping.of(new AddressRange(1 << 30, (1 << 30) + (8 << 20)), Permissions.parse("rw-p"), backing);
        return new PageStates(mapping, usage, PAGE).of(List.of(runs));
    }
}
