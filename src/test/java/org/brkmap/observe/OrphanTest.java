package org.brkmap.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.brkmap.libc.Processes;
import org.brkmap.libc.Signal;
import org.brkmap.toolchain.NeedsGcc;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever ends the JVM, its targets end with it. */
@NeedsGcc
@Timeout(240)
class OrphanTest {
    /** The main program, its child and two daemons; a second thread is no process. */
    private static final int FAMILY = 4;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void killedAtAnyMomentItLeavesNothing(long seed) throws Exception {
        Path family = Observed.program("lingers");
        Path hanging = Observed.sample("misbehave/hang.c");
        Path waiting = Observed.sample("misbehave/fork.c");
        try (ObservingProcess harness = start(List.of(family, hanging, waiting, family))) {
            Live.await("something was started", () -> !harness.targets().isEmpty());
            // From before the first execve to after the last fork, on any machine now and then.
            LockSupport.parkNanos(new Random(seed).nextLong(1 + (30_000_000L << seed % 4)));
            assertThatNothingOutlives(harness, Signal.SIGKILL);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SIGKILL", "SIGTERM", "SIGINT", "SIGHUP"})
    void endedWhileAllHangItLeavesNothing(Signal signal) throws Exception {
        Path family = Observed.program("lingers");
        Path hanging = Observed.sample("misbehave/hang.c");
        try (ObservingProcess harness = start(List.of(family, hanging))) {
            Live.await(
                    "the family is complete and the other hangs",
                    () -> harness.executing(family) == FAMILY && harness.executing(hanging) == 1);
            assertThatNothingOutlives(harness, signal);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SIGKILL", "SIGTERM", "SIGINT"})
    void theCommandEndedInTheMiddleLeavesNoFile(Signal signal) throws Exception {
        Path family = Observed.program("lingers");
        Path temporary = Files.createDirectory(directory.resolve("tmp"));
        Path output = Files.createDirectory(directory.resolve("output"));
        String mark = UUID.randomUUID().toString();
        List<String> arguments = List.of(
                "observe",
                "--json",
                output.resolve("run.json").toString(),
                "--html",
                output.resolve("run.html").toString(),
                "--env",
                ObservingProcess.MARK + "=" + mark,
                "--",
                family.toString());
        try (ObservingProcess brkmap = ObservingProcess.brkmap(mark, temporary, arguments)) {
            Live.await("the family is complete", () -> brkmap.executing(family) == FAMILY);
            assertThatNothingOutlives(brkmap, signal);
        }
        assertThat(temporary).isEmptyDirectory();
        assertThat(output).isEmptyDirectory();
    }

    private static ObservingProcess start(List<Path> programs) throws Exception {
        return ObservingProcess.start(UUID.randomUUID().toString(), programs);
    }

    private static void assertThatNothingOutlives(ObservingProcess harness, Signal signal) throws Exception {
        assertThat(harness.isAlive()).as("the JVM runs").isTrue();
        // A shell has what it starts in the background ignore SIGINT, and that is handed on.
        String ignored = Guest.traits(harness.pid()).getOrDefault("SigIgn", "0");
        assumeThat(Long.parseUnsignedLong(ignored, 16) >> signal.number() - 1 & 1)
                .as(signal + " is ignored here")
                .isZero();
        assertThat(Processes.kill(harness.pid(), signal)).isTrue();
        Live.await("the JVM is gone", () -> !harness.isAlive());
        Live.await("every target is gone", () -> harness.targets().isEmpty());
    }
}
