package org.brkmap.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.brkmap.model.CheckpointKind;
import org.brkmap.model.Limits;
import org.brkmap.model.Observation;
import org.brkmap.toolchain.NeedsGcc;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NeedsGcc
@Timeout(240)
class TerminalTest {
    @Test
    void everyOneOfFiveHundredPromptsIsWhole() throws Exception {
        Observation seen = Observed.observe(Observed.launch(Observed.build(
                        Observed.sampleRequest("alloc_size/alloc_size.c").define("STEPS", 500)))
                .withInput(java.util.Collections.nCopies(502, ""))
                .withoutPages());

        assertThat(Observed.labels(seen, CheckpointKind.INPUT).subList(0, 500))
                .allMatch("Press key to allocate ..."::equals);
        assertThat(Observed.snapshots(seen, CheckpointKind.INPUT)).hasSize(502);
    }

    @ParameterizedTest
    @ValueSource(ints = {4000, 65_000, 200_000})
    void aPromptBehindMuchOutputIsWhole(int bytes) throws Exception {
        for (int round = 0; round < 10; round++) {
            Observation seen = Observed.observe(
                    Observed.launch("output", "much", String.valueOf(bytes)).withoutPages());

            assertThat(Observed.labels(seen, CheckpointKind.INPUT)).containsExactly("ready?");
            assertThat(Observed.output(seen)).isEqualTo("x".repeat(bytes) + "\nready?");
        }
    }

    @Test
    void bytesThatAreNoTextDoNoHarm() throws Exception {
        Observation seen = Observed.observe(Observed.launch("output", "bytes"));

        assertThat(Observed.labels(seen, CheckpointKind.INPUT)).hasSize(1);
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        assertThat(Observed.output(seen)).isEqualTo(new String(all, StandardCharsets.UTF_8) + "\nready?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"raw", "processed"})
    void aProgramMayChangeItsTerminal(String how) throws Exception {
        Observation seen = Observed.observe(Observed.launch("output", how));

        assertThat(seen.ending().isSuccess()).as(Observed.describe(seen)).isTrue();
        assertThat(Observed.labels(seen, CheckpointKind.INPUT)).containsExactly("ready?");
    }

    @Test
    void aProgramThatIgnoresTheEndOfFileInRawModeIsHungUp() throws Exception {
        Observation seen = Observed.observe(Observed.launch("output", "raw_for_ever"));

        assertThat(seen.ending().endedBy()).as(Observed.describe(seen)).startsWith("it went on waiting for input");
    }

    @Test
    void aProgramThatStopsItsOutputIsBounded() throws Exception {
        Observation seen = Observed.observe(Observed.launch("output", "stopped")
                .withInput(List.of("", "", ""))
                .withLimits(new Limits(java.time.Duration.ofMinutes(1), 4 << 20, 0, 64)));

        assertThat(seen.ending().isSuccess()).as(Observed.describe(seen)).isTrue();
        assertThat(Observed.output(seen)).isEqualTo("before").doesNotContain("brkmap");
        assertThat(Observed.snapshots(seen, CheckpointKind.INPUT)).hasSize(3);
    }
}
