package org.brkmap.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.brkmap.toolchain.Tool;
import org.brkmap.toolchain.ToolResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class MisbehaveTest {
    private static final int SIGHUP = 1;
    private static final int SIGINT = 2;
    private static final int SIGTERM = 15;

    @ParameterizedTest
    @CsvSource({"null, 11", "abort, 6"})
    void crashDiesOfItsSignal(String how, int signal) throws Exception {
        assertThat(Samples.run(build("crash"), how).exit()).isEqualTo(128 + signal);
    }

    @Test
    void floodPrintsUntilNobodyReads() throws Exception {
        ToolResult run = Tool.of(
                        "sh",
                        "-c",
                        "\"$0\" | tail -n +100000 | head -1",
                        build("flood").toString())
                .run();

        assertThat(run.timedOut()).isFalse();
        assertThat(run.stdout()).isEqualTo("line 100000 of a program that does not stop\n");
    }

    @Test
    void waitForeverAsksAgainAfterTheEndOfItsInput() throws Exception {
        ToolResult run = Tool.of(
                        "sh", "-c", "\"$0\" | head -1000", build("wait_forever").toString())
                .stdin("yes\nno\n")
                .run();

        assertThat(run.timedOut()).isFalse();
        assertThat(run.stdout()).isEqualTo("Press key to be asked again ...\n".repeat(1000));
    }

    @Test
    void forkHasAsManyWaitingChildrenAsItWasAskedFor() throws Exception {
        try (Running fork = new Running(build("fork"), "3")) {
            assertThat(fork.firstLine()).isEqualTo("3 children");
            assertThat(fork.process.children()).hasSize(3);
        }
    }

    @Test
    void hangComputesAndDoesNotWait() throws Exception {
        try (Running hang = new Running(build("hang"))) {
            hang.waitUntil("it has used processor time", () -> hang.userTicks() > 0);
            assertThat(hang.status("State")).startsWith("R");
        }
    }

    @Test
    void silentIgnoresEveryPoliteSignal() throws Exception {
        try (Running silent = new Running(build("silent"))) {
            for (int signal : new int[] {SIGHUP, SIGINT, SIGTERM}) {
                silent.waitUntil("it ignores signal " + signal, () -> silent.ignores(signal));
            }
            silent.waitUntil("it sleeps", () -> silent.status("State").startsWith("S"));
        }
    }

    private static Path build(String name) throws Exception {
        return Samples.build("misbehave/" + name + ".c");
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    /** A program that does not end by itself; closing kills it and its children. */
    private static final class Running implements AutoCloseable {
        final Process process;

        Running(Path program, String... arguments) throws IOException {
            process = new ProcessBuilder(Samples.command(program, arguments))
                    .redirectInput(new File("/dev/null"))
                    .redirectErrorStream(true)
                    .start();
        }

        String firstLine() throws IOException {
            BufferedReader output = process.inputReader();
            return output.readLine();
        }

        /** Fails after a minute, or when the program ends. */
        void waitUntil(String what, Condition condition) throws Exception {
            long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
            while (!condition.holds()) {
                if (process.waitFor(5, TimeUnit.MILLISECONDS)) {
                    fail("ended with %d, before %s", process.exitValue(), what);
                }
                if (System.nanoTime() > deadline) {
                    fail("a minute went by before %s", what);
                }
            }
        }

        String status(String field) throws IOException {
            String text = Files.readString(proc("status"));
            Matcher line = Pattern.compile("(?m)^" + field + ":\\s*(.*)$").matcher(text);
            return line.find() ? line.group(1) : fail("no %s in %s", field, text);
        }

        boolean ignores(int signal) throws IOException {
            return (Long.parseUnsignedLong(status("SigIgn"), 16) >> (signal - 1) & 1) == 1;
        }

        long userTicks() throws IOException {
            String stat = Files.readString(proc("stat"));
            return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[11]);
        }

        private Path proc(String file) {
            return Path.of("/proc", Long.toString(process.pid()), file);
        }

        @Override
        public void close() {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().onExit().join();
        }
    }
}
