package org.brkmap.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.brkmap.libc.Signal;
import org.brkmap.procfs.ProcFs;
import org.brkmap.toolchain.NeedsGcc;
import org.brkmap.toolchain.ProjectFiles;
import org.brkmap.toolchain.Tool;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is left of labs and measurements that are ended in the middle: no process of theirs, and no file that is half made. */
@NeedsGcc
@Timeout(300)
class InterruptedRunsTest {
    private static final String LAB = "lab2";
    private static final String MARK = "BRKMAP_TEST_MARK";

    private final String mark = "brkmap-test-" + Long.toHexString(System.nanoTime());

    @TempDir
    private Path directory;

    private Path temporary;

    @BeforeEach
    void aTemporaryDirectory() throws IOException {
        temporary = Files.createDirectory(directory.resolve("temporary"));
    }

    @ParameterizedTest
    @EnumSource(
            value = Signal.class,
            names = {"SIGINT", "SIGTERM", "SIGHUP"})
    void aVerificationThatIsEndedLeavesNoCopyOfTheLab(Signal signal) throws Exception {
        try (Outside brkmap = start("lab", "verify", LAB)) {
            Target.await("a program of the lab's", orEnded(brkmap, () -> observed(copies())));
            endedBy(signal, brkmap);
            assertThat(copies()).isEmpty();
            assertThat(brkmap.out()).as("findings of a run that was not ended").isEmpty();
        }
    }

    @Test
    void aLabThatIsEndedLeavesItsFilesAsTheyWere() throws Exception {
        Path project = aCopyOfTheLab();
        Map<Path, String> before = files(project);
        try (Outside brkmap = start("lab", "run", "--project", project, LAB)) {
            Target.await("a program of the lab's", orEnded(brkmap, () -> observed(List.of(project))));
            endedBy(Signal.SIGINT, brkmap);
            Map<Path, String> after = files(project);
            assertThat(after).containsAllEntriesOf(before);
            assertThat(after.keySet())
                    .as("files that are half made")
                    .noneMatch(file -> file.getFileName().toString().contains(".tmp"));
        }
    }

    @Test
    void aMeasurementThatIsEndedLeavesNoProgramRunning() throws Exception {
        assumeTrue(Tool.exists("strace"), "strace is not installed");
        try (Outside brkmap = start("bench", "self", "--rounds", 1_000_000, "--lab-rounds", 0)) {
            Target.await("the first round", orEnded(brkmap, () -> brkmap.err().contains("run: round 1 of")));
            endedBy(Signal.SIGINT, brkmap);
            assertThat(brkmap.out()).isEmpty();
        }
    }

    private Outside start(Object... words) throws IOException {
        List<String> command = new ArrayList<>(Outside.command(words));
        command.add(2, "JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=" + temporary);
        return Outside.start(directory, Map.of(MARK, mark), command);
    }

    /** It ends as docs/CLI.md says, without a complaint, and all that it started ends with it. */
    private void endedBy(Signal signal, Outside brkmap) throws Exception {
        assertThat(brkmap.isRunning()).as(brkmap.err()).isTrue();
        brkmap.signal(signal);
        assertThat(brkmap.status()).as(brkmap.err()).isEqualTo(128 + signal.number());
        assertThat(brkmap.err()).doesNotContain("brkmap: ", "xception");
        Target.await("the end of all it started", () -> marked().isEmpty());
    }

    private static BooleanSupplier orEnded(Outside brkmap, BooleanSupplier condition) {
        return () -> !brkmap.isRunning() || condition.getAsBoolean();
    }

    /** The processes that have the mark in their environment, however they were started. */
    private List<Integer> marked() {
        try {
            List<Integer> found = new ArrayList<>();
            for (int pid : ProcFs.live().processes()) {
                if (environment(pid).contains(MARK + "=" + mark)) {
                    found.add(pid);
                }
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> environment(int pid) {
        try {
            return ProcFs.live().environment(pid);
        } catch (IOException goneOrNotOurs) {
            return List.of();
        }
    }

    /** Whether a program runs that was built in one of these folders. */
    private static boolean observed(List<Path> folders) {
        return ProcessHandle.allProcesses()
                .flatMap(process -> process.info().command().stream())
                .anyMatch(command ->
                        folders.stream().anyMatch(folder -> command.startsWith(folder + "/target/programs/")));
    }

    private List<Path> copies() {
        try (Stream<Path> files = Files.list(temporary)) {
            return files.filter(file -> file.getFileName().toString().startsWith("brkmap-verify-"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path aCopyOfTheLab() throws IOException {
        Path project = directory.resolve("project");
        Path root = ProjectFiles.find().orElseThrow().root();
        for (String folder : List.of("labs/" + LAB, "sample-c")) {
            try (Stream<Path> files = Files.walk(root.resolve(folder))) {
                for (Path source : files.filter(Files::isRegularFile).toList()) {
                    Path target = project.resolve(root.relativize(source).toString());
                    Files.createDirectories(target.resolveSibling("."));
                    Files.copy(source, target);
                }
            }
        }
        return project;
    }

    private static Map<Path, String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().contains("/target/programs/"))
                    .collect(Collectors.toMap(file -> file, InterruptedRunsTest::content));
        }
    }

    private static String content(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
