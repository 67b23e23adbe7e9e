package org.brkmap.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.brkmap.evidence.CheckResult;
import org.brkmap.evidence.CheckStatus;
import org.brkmap.evidence.LabDocument;
import org.brkmap.toolchain.NeedsGcc;
import org.brkmap.toolchain.ProjectFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which exercises a save runs, on a copy of lab 2. */
@NeedsGcc
class LabWatchTest {
    private static final String LAB = "lab2";

    @TempDir
    Path project;

    private LabWatch watch;
    private final List<LabWatch.Verdict> verdicts = new ArrayList<>();
    private String printed = "";

    @BeforeEach
    void runTheLab() throws IOException {
        LabVerifier.copyLab(ProjectFiles.find().orElseThrow().root(), LAB, project);
        watch = new LabWatch(project, LAB);
        save(false);
    }

    private void save(boolean abandoned, String... files) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(text, false, StandardCharsets.UTF_8)) {
            watch.run(Set.of(files), false, out, verdicts::add, () -> abandoned);
        }
        printed = text.toString(StandardCharsets.UTF_8);
    }

    private LabWatch.Verdict last() {
        return verdicts.get(verdicts.size() - 1);
    }

    private LabDocument document() {
        return last().document();
    }

    private CheckResult check(String id) {
        return document().checks().stream()
                .filter(check -> check.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private void edit(String name, UnaryOperator<String> change) throws IOException {
        Path file = project.resolve("labs").resolve(LAB).resolve(name);
        String before = Files.readString(file);
        String after = change.apply(before);
        assertThat(after).as("the edit of " + name).isNotEqualTo(before);
        Files.writeString(file, after);
    }

    @Test
    void aSavedProgramRunsItsExerciseAloneAndKeepsTheRest() throws IOException {
        int checks = document().checks().size();
        edit("grow.c", text -> text.replace("(32 *", "(33 *"));
        save(false, "grow.c");
        assertThat(last().exercises()).containsExactly("grow");
        assertThat(last().opensOthers()).isFalse();
        assertThat(last().current()).map(CheckResult::id).contains("grow");
        assertThat(check("grow").status()).isEqualTo(CheckStatus.FAILED);
        assertThat(document().checks()).hasSize(checks);
        edit("grow.c", text -> text.replace("(33 *", "(300 *"));
        save(false, "grow.c");
        assertThat(check("grow").status()).isEqualTo(CheckStatus.PASSED);
        assertThat(last().opensOthers()).isTrue();
        assertThat(last().current()).map(CheckResult::id).contains("moves");
    }

    @Test
    void anAnswerRunsTheExerciseThatAsksForIt() throws IOException {
        edit("answers.properties", text -> text.replace("mapped-length =", "mapped-length = 4096"));
        save(false, "answers.properties");
        assertThat(last().exercises()).containsExactly("mapped-length");
        assertThat(printed).contains("too low").doesNotContain("How often does the break move?");
    }

    @Test
    void aCommentOrAFileThatNobodyLooksAtRunsNothing() throws IOException {
        edit("answers.properties", text -> text + "# 10 * 32 KiB\n");
        Files.writeString(project.resolve("labs/lab2/notes.txt"), "mine");
        save(false, "answers.properties", "notes.txt");
        assertThat(last().exercises()).isEmpty();
        assertThat(printed).isEmpty();
    }

    @Test
    void aSheetSavedAMomentAfterAnotherFileIsStillJudged() throws IOException {
        edit("answers.properties", text -> text.replace("mapped-length =", "mapped-length = 4096"));
        save(false, "sedpGkwdi");
        assertThat(last().exercises()).isEmpty();
        save(false, "answers.properties");
        assertThat(last().exercises()).containsExactly("mapped-length");
        edit("answers.properties", text -> text.replace("= 4096", "= 4096, 1"));
        edit("grow.c", text -> text.replace("(32 *", "(33 *"));
        save(false, "grow.c");
        assertThat(last().exercises()).containsExactly("grow");
        save(false, "answers.properties");
        assertThat(last().exercises()).containsExactly("mapped-length");
    }

    @Test
    void aKeyThatIsNoneIsToldAtOnce() throws IOException {
        edit("answers.properties", text -> text + "movs = 3\n");
        save(false, "answers.properties");
        assertThat(printed).contains("unknown key \"movs\"");
        assertThat(check(Worksheet.ID).status()).isEqualTo(CheckStatus.FAILED);
        edit("answers.properties", text -> text.replace("movs = 3\n", ""));
        save(false, "answers.properties");
        assertThat(document().checks()).extracting(CheckResult::id).doesNotContain(Worksheet.ID);
    }

    @Test
    void anAbandonedRunLeavesNoTrace() throws IOException {
        LabDocument before = document();
        edit("grow.c", text -> text.replace("(32 *", "(33 *"));
        save(true, "grow.c");
        assertThat(document()).isSameAs(before);
        assertThat(printed).isEmpty();
        assertThat(LabProgress.open(project, LAB).attempts("grow")).isZero();
        save(false, "grow.c");
        assertThat(check("grow").status()).isEqualTo(CheckStatus.FAILED);
        assertThat(LabProgress.open(project, LAB).attempts("grow")).isEqualTo(1);
    }

    @Test
    void anEndlessLoopEndsWithAnInterrupt() throws Exception {
        Path mark = project.resolve("looping");
        edit(
                "grow.c",
                text -> text.replace(
                        "checkpoint(\"taken\");",
                        "if (system(\"touch " + mark + "\") == 0)\n        for (;;)\n            ;"));
        Thread student = new Thread(() -> {
            try {
                save(false, "grow.c");
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        student.start();
        while (!Files.exists(mark)) {
            assertThat(student.isAlive()).as("still running").isTrue();
            Thread.onSpinWait();
        }
        student.interrupt();
        student.join();
        assertThat(check("grow").status()).isEqualTo(CheckStatus.NOT_CHECKED);
        assertThat(check("grow").actual()).contains("interrupted");
    }
}
