package org.brkmap.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.brkmap.evidence.EvidenceJson;
import org.brkmap.evidence.RunDocument;
import org.brkmap.libc.Processes;
import org.brkmap.libc.Signal;
import org.brkmap.model.CheckpointKind;
import org.brkmap.model.Observation;
import org.brkmap.model.Snapshot;
import org.brkmap.procfs.ProcFs;
import org.brkmap.toolchain.NeedsGcc;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code observe --attach} as a user runs it: in a process of its own, ended by a signal. */
@NeedsGcc
@Timeout(180)
class AttachCommandTest {
    /** A shell that does what it reads, and says so. */
    private static final String SH = "echo ready; while read line; do eval \"$line\"; echo done; done";

    private final Shell shell = new Shell();

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(
            value = Signal.class,
            names = {"SIGINT", "SIGTERM"})
    void aSignalLetsGoOfTheProcessAndTheStoryIsStillTold(Signal signal) throws Exception {
        try (Target sh = Target.start("sh", "-c", SH);
                Outside brkmap = attached(sh)) {
            command(sh, "x=$(cat /dev/null)");
            brkmap.signal(signal);
            assertThat(brkmap.status()).as(brkmap.err()).isEqualTo(128 + signal.number());
            assertThat(brkmap.err()).contains("following process " + sh.pid(), "it runs on");
            assertThat(brkmap.out()).contains("evidence: ");
            Observation seen = evidence();
            assertThat(seen.ending().isDetached()).isTrue();
            assertThat(seen.events()).anyMatch(event -> event.pid() != sh.pid());
            assertLeftAlone(sh, 'S');
            command(sh, ":");
        }
    }

    @Test
    void aStoppedProcessIsStillStoppedAfterwards() throws Exception {
        try (Target sh = Target.start("sh", "-c", SH)) {
            assertThat(sh.line()).isEqualTo("ready");
            Processes.kill(sh.pid(), Signal.SIGSTOP);
            Target.await("the stop", () -> Target.state(sh.pid()) == 'T');
            try (Outside brkmap = follow(sh)) {
                brkmap.signal(Signal.SIGINT);
                assertThat(brkmap.status()).as(brkmap.err()).isEqualTo(130);
            }
            assertLeftAlone(sh, 'T');
            Processes.kill(sh.pid(), Signal.SIGCONT);
            command(sh, ":");
        }
    }

    @Test
    void theEndOfTheProcessEndsTheCommand() throws Exception {
        try (Target sh = Target.start("sh", "-c", SH);
                Outside brkmap = attached(sh)) {
            sh.write("exit 7\n");
            assertThat(brkmap.status()).as(brkmap.err()).isZero();
            assertThat(evidence().ending().code()).isEqualTo(7);
            assertThat(brkmap.out()).contains("exit status 7");
        }
    }

    @Test
    void aProcessThatForksAndExecutesIsFollowedAndNobodyStaysTraced() throws Exception {
        try (Target sh = Target.start("sh", "-c", SH);
                Outside brkmap = attached(sh)) {
            sh.write("sleep 1000 </dev/null >/dev/null & echo $!\n");
            int child = Integer.parseInt(sh.line());
            try {
                assertThat(sh.line()).isEqualTo("done");
                Target.await("the child's exec", () -> name(child).equals("sleep"));
                sh.write("exec sh -c '" + SH + "'\n");
                assertThat(sh.line()).isEqualTo("ready");
                command(sh, ":");
                brkmap.signal(Signal.SIGINT);
                assertThat(brkmap.status()).as(brkmap.err()).isEqualTo(130);
                Set<Integer> executed = new TreeSet<>();
                evidence().snapshots().stream()
                        .filter(snapshot -> snapshot.kind() == CheckpointKind.EXEC)
                        .map(Snapshot::pid)
                        .forEach(executed::add);
                assertThat(executed).contains(sh.pid(), child);
                assertLeftAlone(sh, 'S');
                assertThat(ProcFs.live().status(child).tracer()).isZero();
                command(sh, ":");
            } finally {
                Processes.kill(child, Signal.SIGKILL);
            }
        }
    }

    @Test
    void aSecondTracerIsRefusedAndDoesNotDisturbTheFirst() throws Exception {
        Path other = Files.createDirectory(directory.resolve("other"));
        try (Target sh = Target.start("sh", "-c", SH);
                Outside brkmap = attached(sh);
                Outside second = Outside.start(other, "observe", "--attach", sh.pid())) {
            assertThat(second.status()).isEqualTo(1);
            assertThat(second.err()).contains("is traced already, by process", "(java)", "one tracer at most");
            assertThat(second.out()).isEmpty();
            command(sh, ":");
            brkmap.signal(Signal.SIGINT);
            assertThat(brkmap.status()).isEqualTo(130);
            assertLeftAlone(sh, 'S');
        }
    }

    @Test
    void twoHarnessesAtOnceDoNotDisturbEachOther() throws Exception {
        Path other = Files.createDirectory(directory.resolve("other"));
        try (Outside one = Outside.start(directory, "observe", "--json", "-", "--", "ls", "/");
                Outside two = Outside.start(other, "observe", "--json", "-", "--", "ls", "/")) {
            for (Outside each : List.of(one, two)) {
                assertThat(each.status()).as(each.err()).isZero();
                Observation seen = ((RunDocument) EvidenceJson.read(each.out())).observation();
                assertThat(seen.ending().isSuccess()).isTrue();
                assertThat(seen.events()).isNotEmpty();
            }
        }
    }

    @Test
    void whatBrkmapRunsUnderIsRefused() {
        long self = ProcessHandle.current().pid();
        assertThat(shell.run("observe", "--attach", self)).isEqualTo(1);
        assertThat(shell.err()).contains("is brkmap itself");
        long parent = ProcessHandle.current().parent().orElseThrow().pid();
        assertThat(shell.run("observe", "--attach", parent)).isEqualTo(1);
        assertThat(shell.err()).contains("process " + parent + " is one that brkmap runs under");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "abc", "12x", "99999999999", ""})
    void whatIsNoNumberOfAProcessIsAMistakeOfUsage(String word) {
        assertThat(shell.run("observe", "--attach=" + word)).isEqualTo(2);
        assertThat(shell.err()).startsWith("brkmap: ").contains("is not a process's number");
    }

    @Test
    void whoeverIsGoneAZombieOrTheKernelsOwnIsNamed() throws Exception {
        assertThat(shell.run("observe", "--attach", Integer.MAX_VALUE)).isEqualTo(1);
        assertThat(shell.err()).contains("there is no process " + Integer.MAX_VALUE);
        try (Target parent = Target.start("sh", "-c", "sleep 1000 & echo $!; exec tail -f /dev/null")) {
            int child = Integer.parseInt(parent.line());
            Target.await(
                    "a parent that waits for nobody", () -> name(parent.pid()).equals("tail"));
            Processes.kill(child, Signal.SIGKILL);
            Target.await("a zombie", () -> Target.state(child) == 'Z');
            assertThat(shell.run("observe", "--attach", child)).isEqualTo(1);
            assertThat(shell.err()).contains("is a zombie until its parent, process " + parent.pid());
        }
        assumeTrue(Files.exists(Path.of("/proc/2/stat")), "no threads of the kernel's are to be seen here");
        assumeTrue(ProcFs.live().stat(2).isKernelThread(), "process 2 is a program's here");
        assertThat(shell.run("observe", "--attach", 2)).isEqualTo(1);
        assertThat(shell.err()).contains("a thread of the kernel's own");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--stdin x", "--aslr off", "--env A=b", "--directory /", "--no-probe", "-- ls"})
    void whatIsForAProgramThatIsStartedDoesNotGoWithAttach(String option) {
        Object[] words = ("observe --attach 1 " + option).split(" ");
        assertThat(shell.run(words)).isEqualTo(2);
        assertThat(shell.err()).contains("--attach 1 follows a process that runs already");
    }

    @Test
    void aTimeLimitLetsGoAndIsNoFailure() throws Exception {
        try (Target sh = Target.start("sh", "-c", SH)) {
            assertThat(sh.line()).isEqualTo("ready");
            try (Outside brkmap =
                    Outside.start(directory, "observe", "--attach", sh.pid(), "--limit", "time=50ms", "--json", "-")) {
                assertThat(brkmap.status()).as(brkmap.err()).isZero();
                assertThat(JsonParser.parseString(brkmap.out()).isJsonObject()).isTrue();
            }
            assertLeftAlone(sh, 'S');
            command(sh, ":");
        }
    }

    private Outside attached(Target sh) throws IOException {
        assertThat(sh.line()).isEqualTo("ready");
        return follow(sh);
    }

    private Outside follow(Target sh) throws IOException {
        Outside brkmap =
                Outside.start(directory, "observe", "--attach", sh.pid(), "--json", directory.resolve("run.json"));
        Target.await(
                "brkmap to follow " + sh.pid(),
                () -> !brkmap.isRunning() || brkmap.err().contains("following process"));
        assertThat(brkmap.isRunning()).as(brkmap.err()).isTrue();
        return brkmap;
    }

    private static void command(Target sh, String line) throws IOException {
        sh.write(line + "\n");
        assertThat(sh.line()).isEqualTo("done");
    }

    private Observation evidence() throws IOException {
        return ((RunDocument) EvidenceJson.read(Files.readString(directory.resolve("run.json")))).observation();
    }

    private static void assertLeftAlone(Target process, char state) throws IOException {
        Target.await("state " + state, () -> Target.state(process.pid()) == state);
        assertThat(ProcFs.live().status(process.pid()).tracer()).isZero();
    }

    private static String name(int pid) {
        try {
            return ProcFs.live().stat(pid).command();
        } catch (IOException e) {
            return "";
        }
    }
}
