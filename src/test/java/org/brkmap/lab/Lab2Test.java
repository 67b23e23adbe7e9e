package org.brkmap.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.brkmap.evidence.CheckResult;
import org.brkmap.evidence.CheckStatus;
import org.brkmap.evidence.EvidenceJson;
import org.brkmap.evidence.LabDocument;
import org.brkmap.toolchain.NeedsGcc;
import org.brkmap.toolchain.ProjectFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Lab 2 itself, on its programs as they are and on programs that are not what they should be. */
@NeedsGcc
class Lab2Test {
    private static final List<String> CLASSES =
            List.of("SmallBlocksTest", "LargeBlocksTest", "ThresholdTest", "NeighboursTest", "WholeStoryTest");
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
        PrintStream before = System.out;
        try (PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8)) {
            System.setOut(nowhere);
            EngineTestKit.engine("junit-jupiter")
                    .configurationParameter(LabExtension.ROOT, project.toString())
                    .configurationParameter(
                            "junit.jupiter.testclass.order.default",
                            "org.junit.jupiter.api.ClassOrderer$OrderAnnotation")
                    .selectors(CLASSES.stream()
                            .map(name -> (DiscoverySelector) selectClass("lab2." + name))
                            .toArray(DiscoverySelector[]::new))
                    .execute();
        } finally {
            System.setOut(before);
        }
        LabDocument document =
                (LabDocument) EvidenceJson.read(Files.readString(project.resolve("target/reports/lab2.json")));
        return document.checks().stream().collect(Collectors.toMap(CheckResult::id, Function.identity()));
    }

    private void replaceAllocSize(String program) throws IOException {
        Files.writeString(project.resolve(ALLOC_SIZE), program);
    }

    private void assertNoBlockCheckPasses() throws IOException {
        Map<String, CheckResult> checks = run();
        assertThat(ids(checks, CheckStatus.PASSED))
                .noneMatch(id -> id.startsWith("SmallBlocks.") || id.startsWith("LargeBlocks."))
                .anyMatch(id -> id.startsWith("Threshold."));
        assertThat(ids(checks, CheckStatus.NOT_CHECKED)).isEmpty();
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
        assertThat(checks).hasSizeGreaterThan(CLASSES.size());
        assertThat(ids(checks, CheckStatus.PASSED))
                .as(
                        "passed; the others: %s",
                        checks.values().stream()
                                .filter(check -> check.status() != CheckStatus.PASSED)
                                .toList())
                .hasSameSizeAs(checks.values());
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
        assertThat(ids(checks, CheckStatus.FAILED)).containsExactly("SmallBlocks.smallBlocksShareMovesOfTheBreak");
        assertThat(checks.get("SmallBlocks.smallBlocksShareMovesOfTheBreak").line())
                .isEqualTo(3);
        assertThat(ids(checks, CheckStatus.PASSED))
                .anyMatch(id -> id.startsWith("Threshold."))
                .anyMatch(id -> id.startsWith("Neighbours."));
        assertThat(ids(checks, CheckStatus.NOT_CHECKED)).anyMatch(id -> id.startsWith("LargeBlocks."));
    }
}
