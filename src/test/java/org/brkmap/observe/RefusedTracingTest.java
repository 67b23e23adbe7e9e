package org.brkmap.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.brkmap.cli.Brkmap;
import org.brkmap.evidence.EvidenceJson;
import org.brkmap.evidence.RunDocument;
import org.brkmap.model.CauseKind;
import org.brkmap.model.Change;
import org.brkmap.model.ChangeKind;
import org.brkmap.model.CheckpointKind;
import org.brkmap.model.Observation;
import org.brkmap.toolchain.NeedsGcc;
import org.brkmap.toolchain.Tool;
import org.brkmap.toolchain.ToolResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole command, in a JVM of its own under a system call filter that refuses what tracing needs. */
@NeedsGcc
@Timeout(240)
class RefusedTracingTest {
    @TempDir
    Path directory;

    private String said = "";

    @ParameterizedTest
    @ValueSource(strings = {"ptrace", "nosys", "ptrace,readv", "seccomp"})
    void programsAreWatchedInstead(String refused) throws Exception {
        String program = Observed.sample("alloc_size/alloc_size.c").toString();
        RunDocument run = observe(refused, "--", program);
        Observation seen = run.analysis().observation();

        assertThat(seen.host().capabilities()).containsExactly("proc-syscall");
        assertThat(seen.events()).isEmpty();
        assertThat(Observed.snapshots(seen, CheckpointKind.INPUT)).hasSize(12);
        assertThat(seen.notes()).anyMatch(note -> note.startsWith("causes are n/a: the program could not be traced"));
        assertThat(run.analysis().changes())
                .isNotEmpty()
                .noneMatch(change -> change.cause() == CauseKind.UNEXPLAINED)
                .filteredOn(change -> change.kind() != ChangeKind.GREW)
                .extracting(Change::cause)
                .containsOnly(CauseKind.NOT_OBSERVED);
        assertThat(said).contains("n/a: ptrace was refused").doesNotContain("unexplained");
    }

    @ParameterizedTest
    @ValueSource(strings = {"select", "pselect", "poll", "ppoll", "epoll", "epoll_p"})
    void waitsOfEveryKindAreSeenWithoutReadingMemoryByCall(String call) throws Exception {
        String program = Observed.program("wait_by").toString();
        Observation seen = observe("ptrace,readv", "--stdin", "one line", "--", program, call)
                .analysis()
                .observation();

        assertThat(Observed.labels(seen, CheckpointKind.INPUT)).containsExactly("how about " + call + "?");
        assertThat(Observed.output(seen)).endsWith("it was one line\n");
    }

    @Test
    void nothingOutlivesTheRunNotEvenWhatLeftItsSession() throws Exception {
        String marker = "6" + System.nanoTime();
        String script = "sleep N & setsid sleep N & (setsid sh -c 'sleep N & sleep N' &); echo started; sleep 0.1";
        Observation seen = observe("ptrace", "--", "sh", "-c", script.replace("N", marker))
                .analysis()
                .observation();

        assertThat(Observed.output(seen))
                .as("a shell may tell of killed children, too")
                .startsWith("started\n");
        assertThat(seen.notes()).anyMatch(note -> note.startsWith("processes that it left behind were ended"));
        assertThat(runningWith(marker)).isEmpty();
    }

    private static List<String> runningWith(String argument) {
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.map(handle -> handle.info().commandLine().orElse(""))
                    .filter(line -> line.contains(argument))
                    .toList();
        }
    }

    private RunDocument observe(String refused, String... arguments) throws Exception {
        Path json = directory.resolve("run.json");
        Stream<String> command = Stream.of(
                Observed.program("deny-ptrace").toString(),
                refused,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+IgnoreUnrecognizedVMOptions",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Brkmap.class.getName(),
                "observe",
                "--json",
                json.toString());
        ToolResult result = Tool.of(Stream.concat(command, Stream.of(arguments)).toList())
                .wallLimit(Duration.ofMinutes(2))
                .run();
        said = result.stdout();
        assertThat(result.succeeded()).as(result.stdout() + result.stderr()).isTrue();
        return (RunDocument) EvidenceJson.read(Files.readString(json));
    }
}
