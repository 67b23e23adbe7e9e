package org.brkmap.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.brkmap.evidence.CheckResult;
import org.brkmap.evidence.CheckStatus;
import org.brkmap.evidence.ExerciseKind;
import org.brkmap.evidence.LabDocument;
import org.brkmap.toolchain.NeedsGcc;
import org.brkmap.toolchain.ProjectFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lab 2 itself, on its programs as they are and on programs that are not what they should be. */
@NeedsGcc
class Lab2Test {
    /** What asks of alloc_size; each must fail or wait if that program is not what it should be. */
    private static final Pattern OF_ITS_BLOCKS = Pattern.compile(
            "SmallBlocks\\..*|LargeBlocks\\..*|small-.*|medium-.*|growth-.*|large-.*|moves|mapped-length|last-freed");

    /** The proofs that wait for an answer are shown with these. */
    private static final List<String> ANSWERED = List.of("moves", "first-large", "mapped-length", "last-freed");

    private static final String ALLOC_SIZE = "sample-c/alloc_size/alloc_size.c";

    /** A project of its own, with copies of what the lab builds. */
    @TempDir
    Path project;

    @BeforeEach
    void copyTheProject() throws IOException {
        Path root = ProjectFiles.find().orElseThrow().root();
        for (String part : List.of(
                "pom.xml",
                "sample-c/common",
                "sample-c/alloc_size",
                "sample-c/threshold",
                "sample-c/neighbours",
                "labs/lab2")) {
            copy(root, part);
        }
    }

    private void copy(Path root, String part) throws IOException {
        try (Stream<Path> files = Files.walk(root.resolve(part))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path to = project.resolve(root.relativize(file));
                Files.createDirectories(to.getParent());
                Files.copy(file, to);
            }
        }
    }

    private Map<String, CheckResult> run() throws IOException {
        StringBuilder answers = new StringBuilder();
        ANSWERED.forEach(
                key -> answers.append(key).append(" = ").append(Judge.MEASURED).append('\n'));
        Files.writeString(project.resolve("labs/lab2/answers.properties"), answers);
        Path root = ProjectFiles.find().orElseThrow().root();
        LabDocument document = LabRunner.in(root)
                .on(project, true)
                .run("lab2", new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
        return document.checks().stream().collect(Collectors.toMap(CheckResult::id, Function.identity()));
    }

    private void replaceAllocSize(String program) throws IOException {
        Files.writeString(project.resolve(ALLOC_SIZE), program);
    }

    private void assertNoBlockCheckPasses() throws IOException {
        Map<String, CheckResult> checks = run();
        assertThat(ids(checks, CheckStatus.PASSED))
                .noneMatch(id -> OF_ITS_BLOCKS.matcher(id).matches())
                .contains("flip-exhausted");
        assertThat(ids(checks, CheckStatus.NOT_CHECKED))
                .as("but for what builds on last-freed")
                .containsExactly("trim");
    }

    private static List<String> ids(Map<String, CheckResult> checks, CheckStatus status) {
        return checks.values().stream()
                .filter(check -> check.status() == status)
                .map(CheckResult::id)
                .sorted()
                .toList();
    }

    @Test
    void everyCheckPassesOnTheProgramsAsTheyAre() throws IOException {
        Map<String, CheckResult> checks = run();
        assertThat(checks.values())
                .filteredOn(
                        check -> check.exercise() == null || check.exercise().kind() == ExerciseKind.OBSERVE)
                .as("the proofs and what is observed")
                .hasSizeGreaterThan(ANSWERED.size())
                .allMatch(check -> check.status() == CheckStatus.PASSED);
        assertThat(ids(checks, CheckStatus.FAILED)).isEmpty();
        assertThat(ids(checks, CheckStatus.NOT_CHECKED)).isEmpty();
    }

    @Test
    void aProgramThatAllocatesNothingPassesNoCheckOfItsBlocks() throws IOException {
        replaceAllocSize("""
                #include "../common/prompt.h"
                int main(void)
                {
                    for (int step = 1; step <= STEPS; step++)
                        press_key("allocate");
                    press_key("deallocate");
                    press_key("close");
                    return 0;
                }
                """);
        assertNoBlockCheckPasses();
    }

    @Test
    void mappingSmallBlocksByHandIsNotTakenForTheHeap() throws IOException {
        replaceAllocSize("""
                #include <sys/mman.h>
                #include "../common/prompt.h"
                int main(void)
                {
                    void *p = NULL;
                    for (int step = 1; step <= STEPS; step++) {
                        press_key("allocate");
                        p = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
                    }
                    press_key("deallocate");
                    munmap(p, SIZE);
                    press_key("close");
                    return 0;
                }
                """);
        assertNoBlockCheckPasses();
    }

    @Test
    void oneProgramThatDoesNotCompileLeavesTheChecksOfTheOthersAlone() throws IOException {
        replaceAllocSize("int main(void)\n{\n    return 0\n}\n");
        Map<String, CheckResult> checks = run();
        assertThat(ids(checks, CheckStatus.FAILED)).containsExactly("moves");
        assertThat(checks.get("moves").line()).isEqualTo(3);
        assertThat(ids(checks, CheckStatus.PASSED)).contains("flip-exhausted", "rows-merge");
        assertThat(ids(checks, CheckStatus.NOT_CHECKED)).contains("large-mmap");
    }
}
