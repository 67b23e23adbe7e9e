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
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.brkmap.evidence.CheckResult;
import org.brkmap.evidence.CheckStatus;
import org.brkmap.evidence.LabDocument;
import org.brkmap.procfs.ZeroPage;
import org.brkmap.toolchain.NeedsGcc;
import org.brkmap.toolchain.ProjectFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lab 1: as a student gets it, solved, cheated at, half done, and with programs that are not what they should be. */
@NeedsGcc
class Lab1Test {
    private static final String LAB = "lab1";

    /** The proofs that wait for an answer are shown with these. */
    private static final List<String> ANSWERED = List.of("bss-pages", "resident");

    private final Path root = ProjectFiles.find().orElseThrow().root();

    @TempDir
    Path project;

    @BeforeEach
    void copyTheLab() throws IOException {
        LabVerifier.copyLab(root, LAB, project);
    }

    private Map<String, CheckResult> run(Set<String> exercises) throws IOException {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        LabDocument document = LabRunner.in(root).on(project, true).run(LAB, exercises, nowhere);
        return document.checks().stream().collect(Collectors.toMap(CheckResult::id, Function.identity()));
    }

    private List<String> failed() throws IOException {
        for (String key : ANSWERED) {
            edit("labs/lab1/answers.properties", text -> text.replaceFirst("(?m)^" + key + " =", key + " = measured"));
        }
        return run(Set.of()).values().stream()
                .filter(check -> check.status() == CheckStatus.FAILED)
                .map(CheckResult::id)
                .sorted()
                .toList();
    }

    private void edit(String file, UnaryOperator<String> change) throws IOException {
        Path path = project.resolve(file);
        String before = Files.readString(path);
        String after = change.apply(before);
        assertThat(after).as("the changed " + file).isNotEqualTo(before);
        Files.writeString(path, after);
    }

    @Test
    void theStarterFilesAreThoseThatStudentsBeginWith() throws IOException {
        assertThat(LabStarter.files(root, LAB)).isNotEmpty();
        for (String name : LabStarter.files(root, LAB)) {
            assertThat(root.resolve("labs/lab1").resolve(name))
                    .hasSameTextualContentAs(root.resolve("labs/lab1/starter").resolve(name));
        }
    }

    @Test
    void theMapToAnnotateIsTheOneThatIsAddedUp() throws IOException {
        assertThat(root.resolve("labs/lab1/SavedMap.java"))
                .content()
                .contains(Files.readAllLines(root.resolve("labs/lab1/i386.maps")));
    }

    @Test
    void thePointsAddUpAsTheCourseDividesThem() throws IOException {
        LabInfo lab = LabCatalogue.lab(root, LAB);
        assertThat(lab.points()).isEqualTo(100);
        assertThat(lab.exercises().stream()
                        .filter(ExerciseInfo::extra)
                        .mapToInt(ExerciseInfo::points)
                        .sum())
                .isEqualTo(20);
        assertThat(lab.exercises()).extracting(ExerciseInfo::id).doesNotHaveDuplicates();
    }

    @Test
    void everyProofHoldsOnTheProgramsAsTheyAre() throws IOException {
        assertThat(failed()).isEmpty();
    }

    @Test
    void programsThatDoSomethingElseAreNotTakenForThese() throws IOException {
        edit("sample-c/touch/touch.c", text -> text.replace("sink += area[at];", otherThanReading()));
        edit("sample-c/rewrite/rewrite.c", text -> text.replace("*code = *code;", "(void) *code;"));
        edit("sample-c/quiet/quiet.c", text -> text.replace("checkpoint(\"main\");", "checkpoint(sbrk(4096));"));
        edit("sample-c/modify-areas/modify-areas.c", text -> text.replace("more_bss[AMOUNT]", "more_bss[1]"));
        assertThat(failed())
                .containsExactly(
                        "Sizes.aKibOfBssMayChangeNothing",
                        "Sizes.readingMakesNothingResident",
                        "heap-unasked",
                        "large-bss",
                        "text-fault");
    }

    /** Where reading a page brings one, too, writing looks the same, and reading fewer does not. */
    private static String otherThanReading() {
        return Boolean.FALSE.equals(ZeroPage.isShared()) ? "sink += area[0];" : "area[at] = 1;";
    }

    @ParameterizedTest
    @ValueSource(strings = {"__builtin_trap();", "*(volatile int *) 0 = *code;"})
    void anotherCrashIsNotAWriteToText(String crash) throws IOException {
        edit("sample-c/rewrite/rewrite.c", text -> text.replace("*code = *code;", crash));
        assertThat(run(Set.of("text-fault")).get("text-fault").status()).isEqualTo(CheckStatus.FAILED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "place.c | static int in_stack = 5; | static int in_stack = 6; | place | where object 1 lies",
                "patch.c | *code = *code; | *code = 0x55; | patch | ended by SIGSEGV",
                "link.flags | dynamic    = | dynamic    = -fPIE -pie | link | no-pie: no flags yet",
                "link.flags | dynamic    = | dynamic    = -fplugin=x | link | dynamic: -fplugin=x is none of",
                "total.awk | substr($0, 14, 12) | substr($0, 14, 8) | total | KiB that total.awk finds"
            })
    void halfDoneIsToldWhatIsMissing(String file, String from, String to, String exercise, String told)
            throws IOException {
        edit("labs/lab1/" + file, text -> text.replace(from, to));
        CheckResult check = run(Set.of(exercise)).get(exercise);
        assertThat(check.status()).isEqualTo(CheckStatus.FAILED);
        assertThat(check.toString()).contains(told);
    }
}
