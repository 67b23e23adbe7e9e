package org.brkmap.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
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
import org.brkmap.toolchain.NeedsGcc;
import org.brkmap.toolchain.ProjectFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lab 6: as a student gets it, solved, cheated at, half done, and with programs that misbehave. */
@NeedsGcc
class Lab6Test {
    private static final String LAB = "lab6";

    private final Path root = ProjectFiles.find().orElseThrow().root();

    @TempDir
    Path project;

    private String printed = "";

    @BeforeEach
    void copyTheLab() throws IOException {
        LabVerifier.copyLab(root, LAB, project);
    }

    private Map<String, CheckResult> run(String... exercises) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        LabDocument document = LabRunner.in(root).on(project, true).run(LAB, Set.of(exercises), out);
        printed = bytes.toString(StandardCharsets.UTF_8);
        return document.checks().stream().collect(Collectors.toMap(CheckResult::id, Function.identity()));
    }

    private void edit(String file, UnaryOperator<String> change) throws IOException {
        Path path = project.resolve(file);
        String before = Files.readString(path);
        String after = change.apply(before);
        assertThat(after).as("the changed " + file).isNotEqualTo(before);
        Files.writeString(path, after);
    }

    private static List<String> ids(Map<String, CheckResult> checks, CheckStatus status) {
        return checks.values().stream()
                .filter(check -> check.status() == status)
                .map(CheckResult::id)
                .sorted()
                .toList();
    }

    @Test
    void samplesThatDoSomethingElseAreNotTakenForThese() throws IOException {
        edit(
                "sample-c/fork_copy/fork_copy.c",
                text -> text.replace("write_pages(0, writes, 'c')", "write_pages(0, 0, 'c')"));
        edit("sample-c/sysv/sysv.c", text -> text.replace("press_key(\"attach it\");", "shmat(id, NULL, 0);"));
        edit("sample-c/names/names.c", text -> text.replace("MAP_SHARED", "MAP_PRIVATE"));
        edit("sample-c/data_pages/data_pages.c", text -> text.replace("i < bytes", "i < bytes / 2"));
        edit("sample-c/prefetch/prefetch.c", text -> text.replace("MADV_WILLNEED)", "MADV_NORMAL)"));
        edit("sample-c/fields/fields.c", text -> text.replace("point_at(1, memory)", "point_at(1, file)"));
        assertThat(ids(run(), CheckStatus.FAILED))
                .contains("isolation", "sysv", "names", "data", "Fields.eachFieldMoves");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "counter.c | your turn | my turn | counter | what stands at the same address in the parent",
                "even.c | Your turn. The | My turn. The | even | pages that belong to the child alone",
                "left.c | checkpoint(\"detached\"); | shmctl(id, IPC_RMID, NULL); | left | segments that are left",
                "fetch.c | Your turn. | My turn. | fetch | bytes of the mapping in memory at"
            })
    void halfDoneIsToldWhatIsMissing(String file, String from, String to, String exercise, String told)
            throws IOException {
        edit("labs/lab6/" + file, text -> text.replace(from, to));
        CheckResult check = run(exercise).get(exercise);
        assertThat(check.status()).isEqualTo(CheckStatus.FAILED);
        assertThat(printed).contains(told);
        assertThat(check.earned()).isLessThan(check.points());
        assertThat(segmentsOfTheLab()).as("segments that the lab left").isEmpty();
    }

    /** By their size, which is no other's. */
    private static List<String> segmentsOfTheLab() throws IOException {
        return Files.readAllLines(Path.of("/proc/sysvipc/shm")).stream()
                .filter(line -> line.matches(".* 1062507 .* 0 +\\d+ .*"))
                .toList();
    }

    @Test
    @Tag("slow")
    void aProgramThatCrashesForksPrintsOrHangsLosesNoOtherResult() throws IOException {
        replace("counter.c", "abort();");
        replace("even.c", "for (;;) puts(\"a line of a program that does not stop\");");
        replace("left.c", "shmget(IPC_PRIVATE, 1062507, IPC_CREAT | 0600); while (fork() != -1) ; for (;;) pause();");
        replace("fetch.c", "for (;;) ;");
        Map<String, CheckResult> checks = run();
        assertThat(ids(checks, CheckStatus.FAILED)).containsExactly("counter", "even", "fetch", "left");
        assertThat(ids(checks, CheckStatus.PASSED)).contains("isolation", "sysv", "names", "data");
        assertThat(segmentsOfTheLab()).as("segments that the lab left").isEmpty();
    }

    private void replace(String file, String statement) throws IOException {
        Files.writeString(
                project.resolve("labs/lab6").resolve(file),
                "#include <stdio.h>\n#include <stdlib.h>\n#include <sys/shm.h>\n#include <unistd.h>\n"
                        + "int main(void) { " + statement + " }\n");
    }
}
