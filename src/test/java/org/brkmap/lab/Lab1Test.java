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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.testkit.engine.EngineTestKit;

/** What lab 1 observes, on its programs as they are and on programs that are not what they should be. */
@NeedsGcc
class Lab1Test {
    private static final List<String> CLASSES = List.of("RowsTest", "FormsTest", "SizesTest", "AccessTest");

    /** A project of its own, with copies of what the lab builds. */
    @TempDir
    Path project;

    @BeforeEach
    void copyTheProject() throws IOException {
        Path root = ProjectFiles.find().orElseThrow().root();
        for (String part : List.of("pom.xml", "sample-c", "labs/lab1")) {
            copy(root, part);
        }
    }

    private void copy(Path root, String part) throws IOException {
        try (Stream<Path> files = Files.walk(root.resolve(part))) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(root.resolve("sample-c/build")))
                    .toList()) {
                Path to = project.resolve(root.relativize(file));
                Files.createDirectories(to.getParent());
                Files.copy(file, to);
            }
        }
    }

    private Map<String, CheckStatus> run() throws IOException {
        PrintStream before = System.out;
        try (PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8)) {
            System.setOut(nowhere);
            EngineTestKit.engine("junit-jupiter")
                    .configurationParameter(LabExtension.ROOT, project.toString())
                    .selectors(CLASSES.stream()
                            .map(name -> (DiscoverySelector) selectClass("lab1." + name))
                            .toArray(DiscoverySelector[]::new))
                    .execute();
        } finally {
            System.setOut(before);
        }
        LabDocument document =
                (LabDocument) EvidenceJson.read(Files.readString(project.resolve("target/reports/lab1.json")));
        return document.checks().stream().collect(Collectors.toMap(CheckResult::id, CheckResult::status));
    }

    private static List<String> ids(Map<String, CheckStatus> checks, CheckStatus status) {
        return checks.keySet().stream()
                .filter(id -> checks.get(id) == status)
                .sorted()
                .toList();
    }

    private void replace(String source, Function<String, String> change) throws IOException {
        Path file = project.resolve(source);
        String before = Files.readString(file);
        String after = change.apply(before);
        assertThat(after).as("the changed " + source).isNotEqualTo(before);
        Files.writeString(file, after);
    }

    @Test
    void everyCheckPassesOnTheProgramsAsTheyAre() throws IOException {
        Map<String, CheckStatus> checks = run();
        assertThat(checks).hasSizeGreaterThan(CLASSES.size());
        assertThat(ids(checks, CheckStatus.FAILED)).isEmpty();
        assertThat(ids(checks, CheckStatus.NOT_CHECKED))
                .allMatch(id -> List.of(
                                "Rows.vsyscallIsOutside",
                                "Sizes.psAndPmapAgreeWithTheSum",
                                "Access.aStaticBusyboxHasNoLibraries")
                        .contains(id));
    }

    @Test
    void programsThatDoSomethingElseAreNotTakenForThese() throws IOException {
        replace("sample-c/touch/touch.c", text -> text.replace("sink += area[at];", "area[at] = 1;"));
        replace("sample-c/rewrite/rewrite.c", text -> text.replace("*code = *code;", "(void) *code;"));
        replace("sample-c/quiet/quiet.c", text -> text.replace("checkpoint(\"main\");", "checkpoint(sbrk(4096));"));
        replace("sample-c/modify-areas/modify-areas.c", text -> text.replace("more_bss[AMOUNT]", "more_bss[1]"));
        assertThat(ids(run(), CheckStatus.FAILED))
                .containsExactly(
                        "Access.aWriteToTextFaults",
                        "Forms.aStaticProgramHasAHeapUnasked",
                        "Sizes.aKibOfBssMayChangeNothing",
                        "Sizes.aLargeBssIsARowWithoutAFile",
                        "Sizes.readingMakesNothingResident");
    }

    @ParameterizedTest
    @ValueSource(strings = {"__builtin_trap();", "*(volatile int *) 0 = *code;"})
    void anotherCrashIsNotAWriteToText(String crash) throws IOException {
        replace("sample-c/rewrite/rewrite.c", text -> text.replace("*code = *code;", crash));
        assertThat(ids(run(), CheckStatus.FAILED)).containsExactly("Access.aWriteToTextFaults");
    }
}
