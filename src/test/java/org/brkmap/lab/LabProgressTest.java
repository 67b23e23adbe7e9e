package org.brkmap.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.brkmap.evidence.CheckStatus;
import org.brkmap.evidence.ExerciseKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabProgressTest {
    private static final ExerciseInfo GROW = new ExerciseInfo(
            "grow",
            "Grow",
            ExerciseKind.MODIFY,
            6,
            List.of("one", "two", "three"),
            "",
            List.of(),
            List.of(),
            false,
            List.of(),
            "Edit.grow");

    @TempDir
    Path root;

    private LabProgress again(LabProgress progress) throws IOException {
        progress.save();
        return LabProgress.open(root, "lab9");
    }

    @Test
    void whatIsNotedIsThereAgain() throws IOException {
        LabProgress progress = LabProgress.open(root, "lab9");
        progress.ended("grow", CheckStatus.PASSED, 6);
        progress.attempts("grow", 2);
        progress.judged("blocks.small", List.of("exe+0x2000", "anon#1"));
        progress.note("blocks", "machine", "glibc 2.36: x86-64 = \u00e4\\ #!");
        assertThat(progress.wasSolved("grow")).as("when it was opened").isFalse();
        LabProgress read = again(progress);
        assertThat(read.seed()).isEqualTo(progress.seed()).isPositive();
        assertThat(read.status("grow")).contains(CheckStatus.PASSED);
        assertThat(read.wasSolved("grow")).isTrue();
        assertThat(read.earned("grow")).isEqualTo(6);
        assertThat(read.attempts("grow")).isEqualTo(2);
        assertThat(read.judged("blocks.small")).containsExactly("exe+0x2000", "anon#1");
        assertThat(read.note("blocks", "machine")).isEqualTo("glibc 2.36: x86-64 = \u00e4\\ #!");
        assertThat(read.status("leak")).isEmpty();
    }

    @Test
    void hintsAreTakenOneByOneAndNeverGivenBack() throws IOException {
        LabProgress progress = LabProgress.open(root, "lab9");
        assertThat(progress.takeHint(GROW)).contains("one");
        progress = again(progress);
        assertThat(progress.takeHint(GROW)).contains("two");
        progress.sawHints("grow", 1);
        assertThat(progress.hintsTaken("grow")).isEqualTo(2);
        assertThat(progress.takeHint(GROW)).contains("three");
        assertThat(progress.takeHint(GROW)).isEmpty();
        assertThat(again(progress).hintsTaken("grow")).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\\u00", "seed=nonsense\ngrow.earned=-5\ngrow.status=MAYBE\ngrow.attempts=99999999999", "\0\0"})
    void aDamagedFileIsABeginning(String text) throws IOException {
        Path file = LabProgress.open(root, "lab9").file();
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
        LabProgress progress = LabProgress.open(root, "lab9");
        assertThat(progress.seed()).isPositive();
        assertThat(progress.earned("grow")).isZero();
        assertThat(progress.attempts("grow")).isZero();
        assertThat(progress.status("grow")).isEmpty();
    }
}
