package org.brkmap.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.brkmap.model.Mapping;
import org.brkmap.model.Observation;
import org.brkmap.model.Snapshot;
import org.brkmap.toolchain.NeedsGcc;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A program that is run without a tracer cannot tell, and yet is read where it asks to be. */
@NeedsGcc
@Timeout(120)
class UntracedTest {
    private static final long MIB = 1 << 20;

    @ParameterizedTest
    @ValueSource(strings = {"tracer", "probe", "rows", "traceme"})
    void whoLooksForAnObserverFindsNone(String how) throws Exception {
        Launch launch = Observed.launch("detects", how);
        Observation untraced = Observer.observeUntraced(launch);
        Observation traced = Observed.observe(launch);

        assertThat(untraced.ending().isSuccess())
                .as(Observed.describe(untraced))
                .isTrue();
        assertThat(grown(traced)).as(Observed.describe(traced)).isEqualTo(MIB);
        assertThat(grown(untraced)).as(Observed.describe(untraced)).isZero();
    }

    @Test
    void aLongSleepIsOverAtOnceAsUnderATracer() throws Exception {
        Observation untraced = Observer.observeUntraced(Observed.launch("detects", "sleep"));

        assertThat(untraced.ending().isSuccess())
                .as(Observed.describe(untraced))
                .isTrue();
    }

    @Test
    void itIsReadAtItsMarksAndItsEnd() throws Exception {
        Observation untraced = Observer.observeUntraced(Observed.launch("detects", "tracer"));

        assertThat(untraced.snapshots()).extracting(Snapshot::label).isEqualTo(List.of("before", "after", "exit"));
        assertThat(untraced.events()).isEmpty();
        assertThat(untraced.host().tracesCalls()).isFalse();
        assertThat(untraced.notes()).anyMatch(note -> note.contains("on purpose"));
    }

    private static long grown(Observation seen) {
        return size(seen, "after") - size(seen, "before");
    }

    private static long size(Observation seen, String label) {
        return Observed.marked(seen, label).mappings().stream()
                .mapToLong(Mapping::size)
                .sum();
    }
}
