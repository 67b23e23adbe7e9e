package org.brkmap.toolchain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ToolTest {
    @TempDir
    Path directory;

    @Test
    void givesBackExitCodeAndBothStreams() throws Exception {
        ToolResult result = Tool.run(List.of("sh", "-c", "echo out; echo err >&2; exit 3"));

        assertThat(result).isEqualTo(new ToolResult(3, "out\n", "err\n", false, false));
        assertThat(result.succeeded()).isFalse();
    }

    @Test
    void passesArgumentsVerbatim() throws Exception {
        List<String> arguments =
                List.of(" leading", "trailing ", "", "a\"b'c", "$HOME", "${x}", "two\nlines", "back\\slash", "*");

        ToolResult result =
                Tool.of(concat(List.of("printf", "<%s>\\n"), arguments)).run();

        assertThat(result.stdout())
                .isEqualTo(String.join(
                        "", arguments.stream().map(a -> "<" + a + ">\n").toList()));
    }

    @Test
    void runsAProgramWhosePathHoldsBlanksAndBackslashes() throws Exception {
        Path program = script(directory.resolve("a b\\c ").resolve("run me"), "echo here");

        assertThat(Tool.run(List.of(program.toString())).stdout()).isEqualTo("here\n");
    }

    @Test
    void feedsInputAndRunsInTheGivenDirectory() throws Exception {
        ToolResult result =
                Tool.of("sh", "-c", "pwd -P; cat").in(directory).stdin("é\n").run();

        assertThat(result.stdout()).isEqualTo(directory.toRealPath() + "\né\n");
    }

    @Test
    void survivesAProgramThatDoesNotReadItsInput() throws Exception {
        ToolResult result = Tool.of("true").stdin("x".repeat(4 << 20)).run();

        assertThat(result.succeeded()).isTrue();
    }

    @Test
    void endsInputSoThatAReaderDoesNotHang() throws Exception {
        assertThat(Tool.run(List.of("cat")).succeeded()).isTrue();
    }

    @Test
    void givesTheProgramNoDescriptorsButItsThreePipes() throws Exception {
        ToolResult result = Tool.run(List.of("sh", "-c", "for d in /proc/$$/fd/*; do readlink $d; done"));

        assertThat(result.stdout().lines()).hasSize(3).allMatch(link -> link.startsWith("pipe:"));
    }

    @Test
    void killsAtTheWallLimit() throws Exception {
        ToolResult result =
                Tool.of("sleep", "1000").wallLimit(Duration.ofMillis(100)).run();

        assertThat(result).isEqualTo(new ToolResult(128 + 9, "", "", true, false));
        assertThat(result.succeeded()).isFalse();
    }

    @Test
    void killsAllDescendantsTogetherWithTheProgram() throws Exception {
        Path pids = directory.resolve("pids");
        Path tree = script(directory.resolve("tree"), """
                sh -c 'sleep 1000 & echo $! >>"$0"; echo $$ >>"$0"; echo ready; wait' "$1" | {
                    read ready
                    yes
                }""");

        ToolResult result =
                Tool.of(tree.toString(), pids.toString()).outputLimit(10).run();

        assertThat(result.truncated()).isTrue();
        List<String> started = Files.readAllLines(pids);
        assertThat(started).hasSize(2);
        for (String pid : started) {
            awaitEnd(Long.parseLong(pid));
        }
    }

    @Test
    void keepsOutputUpToTheLimitAndKillsWhoPrintsMore() throws Exception {
        ToolResult result = Tool.of("yes").outputLimit(1001).run();

        assertThat(result.truncated()).isTrue();
        assertThat(result.timedOut()).isFalse();
        assertThat(result.stdout()).isEqualTo("y\n".repeat(500) + "y");
    }

    @Test
    void reportsADeathBySignalAsAShellDoes() throws Exception {
        assertThat(Tool.run(List.of("sh", "-c", "kill -SEGV $$")).exit()).isEqualTo(128 + 11);
    }

    @Test
    void killsTheProgramWhenTheThreadIsInterrupted() throws Exception {
        Path fifo = directory.resolve("fifo");
        assertThat(Tool.run(List.of("mkfifo", fifo.toString())).succeeded()).isTrue();
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread runner = new Thread(() -> {
            try {
                thrown.complete(new AssertionError(
                        Tool.run(List.of("sh", "-c", "echo $$ >\"$0\"; exec sleep 1000", fifo.toString()))));
            } catch (IOException | InterruptedException e) {
                thrown.complete(e);
            }
        });
        runner.start();
        long pid = Long.parseLong(Files.readString(fifo).strip());

        runner.interrupt();

        assertThat(thrown.get(30, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
        awaitEnd(pid);
    }

    @Test
    void doesNotWaitForADescendantThatKeepsTheOutputOpen() throws Exception {
        ToolResult result = Tool.of("sh", "-c", "sleep 30 & echo $!")
                .wallLimit(Duration.ofSeconds(20))
                .run();

        ProcessHandle.of(Long.parseLong(result.stdout().strip())).ifPresent(ProcessHandle::destroyForcibly);
        assertThat(result.timedOut()).isFalse();
        assertThat(result.exit()).isZero();
    }

    @Test
    void saysWhatAMissingProgramIsForAndHowToInstallIt() {
        Tool tool = Tool.of("readelf", "-h").with("PATH", directory.toString()).neededFor("to read program headers");

        assertThatThrownBy(tool::run)
                .isInstanceOf(MissingToolException.class)
                .hasMessageContainingAll(
                        "readelf is not on the PATH; it is needed to read program headers.",
                        "apt install binutils",
                        "dnf install binutils",
                        "pacman -S binutils",
                        "apk add binutils");
    }

    @Test
    void saysWhichPathIsNoProgram() throws IOException {
        Path plain = Files.writeString(directory.resolve("plain"), "no program");

        assertThatThrownBy(() -> Tool.run(List.of(plain.toString())))
                .isInstanceOf(MissingToolException.class)
                .hasMessageContaining(plain + " is not an executable file");
    }

    @Test
    void saysWhenAFileCannotBeStarted() throws IOException {
        Path broken = script(directory.resolve("broken"), "");
        Files.writeString(broken, "#!/nowhere/interpreter\n");

        assertThatThrownBy(() -> Tool.run(List.of(broken.toString())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot start " + broken);
    }

    @Test
    void saysWhenTheDirectoryIsMissing() {
        assertThatThrownBy(() -> Tool.of("true").in(directory.resolve("gone")).run())
                .hasMessageContaining("gone: no such directory");
    }

    @Test
    void cleansTheEnvironmentOfWhatChangesAllocationPrintingOrBuilding() {
        Map<String, String> dirty = Map.of(
                "PATH",
                "/bin",
                "LD_PRELOAD",
                "x.so",
                "LD_LIBRARY_PATH",
                "/lib",
                "GLIBC_TUNABLES",
                "t",
                "MALLOC_ARENA_MAX",
                "1",
                "LC_CTYPE",
                "de_DE",
                "LC_ALL",
                "de_DE",
                "LANG",
                "de_DE",
                "MAKEFLAGS",
                "-j");

        assertThat(CleanEnvironment.of(dirty))
                .isEqualTo(Map.of("PATH", "/bin", "LD_LIBRARY_PATH", "/lib", "LC_ALL", "C"));
    }

    /** Ended, though perhaps not yet buried by who inherited it. */
    private static void awaitEnd(long pid) {
        Path stat = Path.of("/proc", Long.toString(pid), "stat");
        assertTimeoutPreemptively(
                Duration.ofSeconds(30),
                () -> {
                    while (isRunning(stat)) {
                        Thread.onSpinWait();
                    }
                },
                () -> "process " + pid + " to end");
    }

    private static boolean isRunning(Path stat) {
        try {
            String text = Files.readString(stat);
            return "ZX".indexOf(text.charAt(text.lastIndexOf(')') + 2)) < 0;
        } catch (IOException gone) {
            return false;
        }
    }

    private static List<String> concat(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    static Path script(Path file, String body) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }
}
