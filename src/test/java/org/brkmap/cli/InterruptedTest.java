package org.brkmap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.brkmap.libc.Processes;
import org.brkmap.libc.Signal;
import org.brkmap.procfs.ProcFs;
import org.brkmap.toolchain.NeedsGcc;
import org.brkmap.toolchain.Tool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is left when a command is ended in the middle: of the process it holds, of the file it writes, of the run. */
@Timeout(180)
class InterruptedTest {
    private static final String SH = "echo ready; while read line; do echo alive; done";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(
            value = Signal.class,
            names = {"SIGINT", "SIGTERM", "SIGHUP"})
    void aDumpThatIsEndedLetsItsProcessGoOn(Signal signal) throws Exception {
        try (Target sh = Target.start("sh", "-c", SH);
                Outside brkmap = dumpingIntoPipe(sh);
                InputStream reader = Files.newInputStream(pipe())) {
            assertThat(reader.read()).isNotNegative();
            assertThat(Target.state(sh.pid())).isEqualTo('T');
            brkmap.signal(signal);
            assertThat(brkmap.status()).isEqualTo(128 + signal.number());
            assertGoesOn(sh);
        }
    }

    @Test
    void aReaderThatIsGoneInTheMiddleIsAFailureAndTheProcessGoesOn() throws Exception {
        try (Target sh = Target.start("sh", "-c", SH);
                Outside brkmap = dumpingIntoPipe(sh)) {
            try (InputStream reader = Files.newInputStream(pipe())) {
                assertThat(reader.read()).isNotNegative();
                assertThat(Target.state(sh.pid())).isEqualTo('T');
            }
            assertThat(brkmap.status()).isEqualTo(1);
            assertThat(brkmap.err()).contains("cannot write " + pipe());
            assertGoesOn(sh);
        }
    }

    /** What docs/CLI.md says: against SIGKILL nothing can be done, and kill -CONT helps. */
    @Test
    void afterSigkillTheProcessIsStillStoppedAndCanBeContinued() throws Exception {
        try (Target sh = Target.start("sh", "-c", SH);
                Outside brkmap = dumpingIntoPipe(sh);
                InputStream reader = Files.newInputStream(pipe())) {
            assertThat(reader.read()).isNotNegative();
            brkmap.signal(Signal.SIGKILL);
            assertThat(brkmap.status()).isEqualTo(137);
            assertThat(Target.state(sh.pid())).isEqualTo('T');
            Processes.kill(sh.pid(), Signal.SIGCONT);
            assertGoesOn(sh);
        }
    }

    @Test
    void aFullDiskInTheMiddleIsSaidAndTheProcessGoesOn() throws Exception {
        try (Target sh = Target.start("sh", "-c", SH)) {
            sh.line();
            Shell shell = new Shell();
            assertThat(shell.run("dump", sh.pid(), "--region", "heap", "--out", "/dev/full"))
                    .isEqualTo(1);
            assertThat(shell.err()).contains("cannot write /dev/full: ");
            assertThat(Files.isRegularFile(Path.of("/dev/full"))).isFalse();
            assertGoesOn(sh);
        }
    }

    @Test
    void nothingUnfinishedIsLeftBesideTheFile() throws Exception {
        Path out = directory.resolve("memory.bin");
        String program =
                "import sys; memory = bytearray(1 << 28); print(hex(id(memory)), flush=True); sys.stdin.read()";
        try (Target python = Target.start("python3", "-c", program)) {
            python.line();
            try (Outside brkmap =
                    Outside.start(directory, "dump", python.pid(), "--region", largest(python.pid()), "--out", out)) {
                Target.await("an unfinished file", () -> !unfinished().isEmpty());
                brkmap.signal(Signal.SIGSTOP);
                assertThat(out).as("the dump was in its middle").doesNotExist();
                assertThat(unfinished()).hasSize(1);
                brkmap.signal(Signal.SIGINT);
                brkmap.signal(Signal.SIGCONT);
                assertThat(brkmap.status()).isEqualTo(130);
            }
            assertThat(unfinished()).isEmpty();
            assertThat(out).doesNotExist();
            Target.await("the process to go on", () -> Target.state(python.pid()) == 'S');
        }
    }

    @Test
    @NeedsGcc
    void anObservedProgramEndsWithTheCommand() throws Exception {
        String mark = "brkmap-test-" + Long.toHexString(System.nanoTime());
        try (Outside brkmap = Outside.start(
                directory, "observe", "--limit", "time=100s", "--", "sh", "-c", "while :; do :; done", mark)) {
            Target.await("the program", () -> !brkmap.isRunning() || running(mark) != 0);
            assertThat(brkmap.isRunning()).as(brkmap.err()).isTrue();
            brkmap.signal(Signal.SIGINT);
            assertThat(brkmap.status()).isEqualTo(130);
            Target.await("the program's end", () -> running(mark) == 0);
        }
    }

    @Test
    void aReaderThatHasSeenEnoughIsNoFailureToComplainOf() throws Exception {
        String script = "exec 3>&1; { \"$@\"; echo $? >&3; } | head -n 1 >/dev/null";
        List<String> command = new ArrayList<>(List.of("sh", "-c", script, "sh"));
        command.addAll(Outside.command("annotate", manyRows()));
        try (Outside piped = Outside.start(directory, Map.of(), command)) {
            assertThat(piped.status()).isZero();
            assertThat(piped.out()).isEqualToIgnoringNewLines("141\n");
            assertThat(piped.err()).isEmpty();
        }
    }

    @Test
    void outputThatIsLostIsAFailure() throws Exception {
        List<String> command = new ArrayList<>(List.of("sh", "-c", "exec \"$@\" >/dev/full", "sh"));
        command.addAll(Outside.command("version"));
        try (Outside full = Outside.start(directory, Map.of(), command)) {
            assertThat(full.status()).isEqualTo(1);
            assertThat(full.err()).contains("brkmap: cannot write standard output: ");
        }
    }

    private Path manyRows() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            long start = 0x10000000L + i * 0x2000L;
            text.append(String.format("%x-%x rw-p 00000000 00:00 0%n", start, start + 0x1000));
        }
        return Files.writeString(directory.resolve("many.maps"), text);
    }

    private Path pipe() {
        return directory.resolve("pipe");
    }

    /** A pipe takes less than a heap: the dump stands in the middle until somebody reads. */
    private Outside dumpingIntoPipe(Target sh) throws Exception {
        sh.line();
        Tool.run(List.of("mkfifo", pipe().toString()));
        return Outside.start(directory, "dump", sh.pid(), "--region", "heap", "--out", pipe());
    }

    private static void assertGoesOn(Target sh) throws IOException {
        Target.await("the process to go on", () -> Target.state(sh.pid()) == 'S');
        sh.write("\n");
        assertThat(sh.line()).isEqualTo("alive");
    }

    private List<Path> unfinished() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".tmp"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String largest(int pid) throws IOException {
        return ProcFs.live().maps(pid).stream()
                .filter(mapping -> mapping.permissions().toString().startsWith("rw"))
                .max(Comparator.comparingLong(mapping -> mapping.size()))
                .map(mapping -> "0x" + Long.toHexString(mapping.range().start()))
                .orElseThrow();
    }

    /** The process that bears this among its words and is no Java, or 0. */
    private static int running(String mark) {
        return ProcessHandle.allProcesses()
                .filter(process ->
                        process.info().arguments().stream().flatMap(Stream::of).anyMatch(mark::equals))
                .filter(process -> !process.info().command().orElse("").endsWith("java"))
                .mapToInt(process -> (int) process.pid())
                .findFirst()
                .orElse(0);
    }
}
