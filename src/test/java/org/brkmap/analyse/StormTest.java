package org.brkmap.analyse;

import static org.assertj.core.api.Assertions.assertThat;

import org.brkmap.model.MemoryEvent;
import org.brkmap.toolchain.NeedsGcc;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random calls, done by the real kernel. */
@NeedsGcc
class StormTest {

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void theReplayOfRandomCallsEqualsWhatTheKernelShows(int seed) throws Exception {
        Analysis analysis = Analyser.analyse(
                RealRun.observe(RealRun.launch(RealRun.fixture("storm.c"), Integer.toString(seed), "300")));

        assertThat(RealRun.faults(analysis)).isEmpty();
        assertThat(analysis.observation().ending().describe()).isEqualTo("exit status 0");
        assertThat(analysis.observation().snapshots()).hasSizeGreaterThan(30);
        assertThat(analysis.observation().events()).anyMatch(event -> !event.succeeded());
        assertThat(analysis.observation().events())
                .extracting(MemoryEvent::call)
                .contains("mmap", "munmap", "mremap", "mprotect", "shmat", "shmdt", "brk", "madvise", "clone");
    }
}
