package org.brkmap.hard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.brkmap.analyse.Analysis;
import org.brkmap.evidence.EvidenceJson;
import org.brkmap.evidence.RunDocument;
import org.brkmap.model.CallSite;
import org.brkmap.model.MemoryEvent;
import org.brkmap.model.Role;
import org.brkmap.model.Snapshot;
import org.brkmap.model.TranscriptLine;
import org.brkmap.model.TranscriptLine.Direction;
import org.brkmap.observe.Launch;
import org.brkmap.report.HtmlReport;
import org.brkmap.toolchain.NeedsGcc;
import org.brkmap.toolchain.Tool;
import org.brkmap.toolchain.ToolResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that are none of ours, and programs that do what few do. */
@NeedsGcc
@Timeout(240)
class OtherProgramsTest {
    @TempDir
    Path directory;

    @Test
    void aPythonWithThreadsIsExplained() throws Exception {
        assumeTrue(Tool.exists("python3"), "python3 is not installed");
        ToolResult python =
                Tool.of("python3", "-c", "import sys; print(sys.executable)").run();
        String script = "import threading\n"
                + "def work():\n for i in range(20): bytearray(1000000 + i * 5000)\n"
                + "threads = [threading.Thread(target=work) for _ in range(4)]\n"
                + "[t.start() for t in threads]\n[t.join() for t in threads]\nprint('joined')";
        Analysis run = Hard.analyse(Launch.of(python.stdout().strip(), "-c", script));

        assertThat(Hard.faults(run)).isEmpty();
        assertThat(output(run)).isEqualTo("joined\n");
        assertThat(run.observation().events().stream().map(MemoryEvent::tid).distinct())
                .hasSizeGreaterThan(4);
    }

    @Test
    void aJvmIsExplained() throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Analysis run = Hard.analyse(Launch.of(java.toString(), "-Xmx64m", "-XX:+UseSerialGC", "-version"));

        assertThat(Hard.faults(run)).isEmpty();
        assertThat(output(run)).contains(System.getProperty("java.version"));
    }

    @Test
    void aGoProgramIsExplained() throws Exception {
        assumeTrue(Tool.exists("go"), "go is not installed");
        Path source = Files.writeString(
                directory.resolve("hello.go"),
                "package main\nimport \"fmt\"\nfunc main() { b := make([]byte, 50000000); fmt.Println(len(b)) }\n");
        Path program = directory.resolve("hello");
        ToolResult built = Tool.of("go", "build", "-o", program.toString(), source.toString())
                .with("GOCACHE", directory.resolve("cache").toString())
                .run();
        assumeTrue(built.succeeded(), "go does not build here: " + built.stderr());
        Analysis run = Hard.analyse(Launch.of(program.toString()));

        assertThat(Hard.faults(run)).isEmpty();
        assertThat(output(run)).isEqualTo("50000000\n");
    }

    @Test
    void aProgramOf32BitsIsEndedWithTheReason() throws Exception {
        assumeTrue("amd64".equals(System.getProperty("os.arch")), "only this processor has a 32-bit mode of that kind");
        String program = Hard.program("gcc", "old_word", "-m32", "-nostdlib", "-static", "-fno-pie", "-no-pie")
                .toString();
        if (isTakenByThisKernel(program)) {
            assertThat(Hard.analyse(Launch.of(program)).observation().ending().endedBy())
                    .contains("32-bit");
        } else {
            assertThatThrownBy(() -> Hard.analyse(Launch.of(program)))
                    .hasMessageContainingAll("Exec format error", "a program for this machine");
        }
    }

    /** Some kernels, in virtual machines above all, run no programs of 32 bits. */
    private static boolean isTakenByThisKernel(String program) throws InterruptedException {
        try {
            return Tool.run(List.of(program)).succeeded();
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void aSetUserIdProgramRunsWithoutThatPrivilegeAndTheRunSaysSo() throws Exception {
        int own = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        Launch launch;
        if (own == 0) {
            Path program = Files.copy(Hard.program("gcc", "identity"), directory.resolve("identity"));
            Files.setAttribute(program, "unix:uid", 65534);
            Files.setAttribute(program, "unix:mode", 04755);
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
            launch = Launch.of(program.toString());
        } else {
            assumeTrue(Tool.exists("su"), "su is not installed");
            launch = Launch.of("su", "--version");
        }
        Analysis run = Hard.analyse(launch);

        assertThat(run.observation().ending().isSuccess()).isTrue();
        assertThat(run.observation().notes())
                .anyMatch(note -> note.contains("set-user-ID") && note.contains("without that privilege"));
        if (own == 0) {
            assertThat(output(run)).isEqualTo("0\n");
        }
    }

    @Test
    void aProgramThatBecomesSomebodyElseIsReadAllTheSame() throws Exception {
        int own = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        String other = String.valueOf(own == 0 ? 65534 : own);
        Analysis run = Hard.analyse(Launch.of(Hard.program("gcc", "identity").toString(), other));

        assertThat(Hard.faults(run)).isEmpty();
        assertThat(output(run)).isEqualTo(other + "\n");
        assertThat(run.observation().snapshots()).extracting(Snapshot::label).contains("before", "after");
    }

    @ParameterizedTest
    @ValueSource(strings = {"delete", "replace"})
    void aProgramWhoseFileIsGoneKeepsItsRolesAndIsNotTakenForTheFileThereNow(String how) throws Exception {
        Path program = Files.copy(Hard.program("gcc", "gone"), directory.resolve("gone"));
        Path other = Files.copy(Hard.program("gcc", "small_blocks"), directory.resolve("other"));
        Analysis run = Hard.analyse(Launch.of(
                how.equals("delete")
                        ? List.of(program.toString(), how)
                        : List.of(program.toString(), how, other.toString())));

        assertThat(Hard.faults(run)).isEmpty();
        Snapshot here = at(run, "here");
        Snapshot gone = at(run, "gone");
        assertThat(roles(gone)).containsAll(roles(here));
        MemoryEvent mmap = run.observation().events().stream()
                .filter(event -> event.cause() != null
                        && Long.valueOf(1 << 20).equals(event.cause().size()))
                .findFirst()
                .orElseThrow();
        CallSite site = mmap.cause().site();
        assertThat(site.file())
                .satisfiesAnyOf(
                        file -> assertThat(file).isNull(),
                        file -> assertThat(file).endsWith("gone.c"));
    }

    private static Snapshot at(Analysis run, String label) {
        return run.observation().snapshots().stream()
                .filter(snapshot -> snapshot.label().equals(label))
                .findFirst()
                .orElseThrow();
    }

    private static Set<Role> roles(Snapshot snapshot) {
        return snapshot.mappings().stream()
                .map(mapping -> mapping.role())
                .filter(role -> role != Role.ANONYMOUS)
                .collect(Collectors.toSet());
    }

    @Test
    void argumentsWithControlCharactersArriveAndAreShownHarmless() throws Exception {
        List<String> words = List.of("", "\u001b[31mred", "a\tb", "</script><b>", "\u0001\u007f", "back\\slash");
        List<String> command =
                new java.util.ArrayList<>(List.of(Hard.program("gcc", "words").toString()));
        command.addAll(words);
        Analysis run = Hard.analyse(Launch.of(command));

        assertThat(output(run)).isEqualTo(String.join("\n", words) + "\n");
        RunDocument document = RunDocument.of("words", run);
        assertThat(EvidenceJson.read(EvidenceJson.write(document))).isEqualTo(document);
        assertThat(HtmlReport.render(document)).doesNotContain("\u001b").doesNotContain("</script><b>");
    }

    @Test
    void bytesThatAreNoUtf8InArgumentsAndInTheProgramsOwnNameDoNoHarm() throws Exception {
        Path program = Hard.program("gcc", "words");
        String script =
                "name=$(printf 'w\\377\\033[1m\\nx') && cp \"$0\" \"$1/$name\" && exec \"$1/$name\" \"$(printf '\\377\\001')\"";
        Analysis run = Hard.analyse(Launch.of("sh", "-c", script, program.toString(), directory.toString()));

        assertThat(run.observation().ending().isSuccess()).isTrue();
        assertThat(output(run)).isEqualTo("\ufffd\u0001\n");
        RunDocument document = RunDocument.of("words", run);
        assertThat(EvidenceJson.read(EvidenceJson.write(document))).isEqualTo(document);
        assertThat(HtmlReport.render(document)).doesNotContain("\u001b");
    }

    private static String output(Analysis run) {
        return run.observation().transcript().stream()
                .filter(line -> line.direction() == Direction.OUT)
                .map(TranscriptLine::text)
                .collect(Collectors.joining());
    }
}
