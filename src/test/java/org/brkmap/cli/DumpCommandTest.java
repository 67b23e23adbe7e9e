package org.brkmap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.brkmap.libc.Processes;
import org.brkmap.libc.Signal;
import org.brkmap.procfs.ProcFs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DumpCommandTest {
    private static final String SH =
            "word=brkmap; word=$word-finds-this; echo ready; while read line; do echo alive; done";

    private final Shell shell = new Shell();

    @TempDir
    private Path directory;

    @Test
    void theHeapIsCopiedWholeAndTheProcessGoesOn() throws IOException {
        Path out = directory.resolve("heap.bin");
        try (Target sh = Target.start("sh", "-c", SH)) {
            sh.line();
            assertThat(shell.run("dump", sh.pid(), "--region", "heap", "--out", out))
                    .as(shell.err())
                    .isZero();
            long heap = ProcFs.live().maps(sh.pid()).stream()
                    .filter(mapping -> mapping.backing().isLabelled("[heap]"))
                    .mapToLong(mapping -> mapping.size())
                    .sum();
            assertThat(out).hasSize(heap);
            assertThat(new String(Files.readAllBytes(out), StandardCharsets.ISO_8859_1))
                    .contains("brkmap-finds-this");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(out)))
                    .isEqualTo("rw-------");
            sh.write("\n");
            assertThat(sh.line()).isEqualTo("alive");
        }
        assertThat(directory.toFile().list()).containsExactly("heap.bin");
    }

    @Test
    void aStoppedProcessStaysStopped() throws IOException {
        try (Target sh = Target.start("sh", "-c", SH)) {
            sh.line();
            Processes.kill(sh.pid(), Signal.SIGSTOP);
            Target.await("the stop", () -> Target.state(sh.pid()) == 'T');
            assertThat(shell.run("strings", sh.pid(), "--region", "heap"))
                    .as(shell.err())
                    .isZero();
            assertThat(shell.out()).contains("brkmap-finds-this");
            assertThat(Target.state(sh.pid())).isEqualTo('T');
            Processes.kill(sh.pid(), Signal.SIGCONT);
            sh.write("\n");
            assertThat(sh.line()).isEqualTo("alive");
        }
    }

    @Test
    void theProcessGoesOnWhenTheRegionIsUnknown() throws IOException {
        try (Target sh = Target.start("sh", "-c", SH)) {
            sh.line();
            Path out = directory.resolve("x");
            assertThat(shell.run("dump", sh.pid(), "--region", "hea", "--out", out))
                    .isEqualTo(1);
            assertThat(shell.err()).contains("has no region hea.", "program text, ");
            sh.write("\n");
            assertThat(sh.line()).isEqualTo("alive");
            assertThat(directory).isEmptyDirectory();
        }
    }

    @Test
    void pagesThatCannotBeReadAreNamed() throws IOException {
        try (Target sh = Target.start("sh", "-c", SH)) {
            sh.line();
            assertThat(shell.run("strings", sh.pid(), "--region", "vvar", "--json"))
                    .as(shell.err())
                    .isZero();
            JsonObject facts = JsonParser.parseString(shell.out()).getAsJsonObject();
            assertThat(facts.get("bytes").getAsLong()).isZero();
            assertThat(facts.getAsJsonArray("unreadable")).isNotEmpty();
        }
    }

    @Test
    void anAddressStandsForTheMappingThatHoldsIt() throws IOException {
        Path out = directory.resolve("stack");
        try (Target sh = Target.start("sh", "-c", SH)) {
            sh.line();
            var stack = ProcFs.live().maps(sh.pid()).stream()
                    .filter(mapping -> mapping.backing().isLabelled("[stack]"))
                    .findFirst()
                    .orElseThrow();
            String inside = "0x" + Long.toHexString(stack.range().start() + 1);
            assertThat(shell.run("dump", sh.pid(), "--region", inside, "--out", out))
                    .as(shell.err())
                    .isZero();
            assertThat(out).hasSize(stack.size());
        }
    }

    @Test
    void ourselvesAndNobodyAreRefused() {
        Path out = directory.resolve("x");
        long self = ProcessHandle.current().pid();
        assertThat(shell.run("dump", self, "--region", "heap", "--out", out)).isEqualTo(1);
        assertThat(shell.err()).contains("is brkmap itself");
        long parent = ProcessHandle.current().parent().orElseThrow().pid();
        assertThat(shell.run("strings", parent, "--region", "heap")).isEqualTo(1);
        assertThat(shell.err()).contains("process " + parent + " is one that brkmap runs under");
        assertThat(shell.run("dump", 0, "--region", "heap", "--out", out)).isEqualTo(2);
        assertThat(shell.run("dump", "--region", "heap", "--out", out, "--", "-1"))
                .isEqualTo(2);
        assertThat(shell.run("strings", 1)).isEqualTo(2);
        assertThat(shell.run("dump", Integer.MAX_VALUE, "--region", "heap", "--out", directory))
                .isEqualTo(1);
        assertThat(shell.err()).contains("it is a directory");
    }
}
