package org.brkmap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchCopyCommandTest {
    private final Shell shell = new Shell();

    @TempDir
    Path folder;

    @Test
    void aShortRunWritesThreeFilesAndSaysWhatItMeasured() throws IOException {
        int status = shell.run(
                "bench",
                "copy",
                "--sizes",
                "4k",
                "--cache",
                "warm",
                "--only",
                "sendfile",
                "--out",
                folder,
                "--scratch",
                folder);
        assertThat(status).as(shell.err()).isZero();
        assertThat(shell.out()).contains("sendfile", "(textbook)", "What it says");
        assertThat(folder.resolve("copy.html")).isNotEmptyFile();
        assertThat(Files.readAllLines(folder.resolve("copy.csv")))
                .anyMatch(line -> line.startsWith("4096,warm,overwritten,false,10,sendfile,"));
        assertThat(folder.resolve("copy.json")).content().contains("\"brkmap/copy/1\"");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(3);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--rounds | 3 | at least 10",
                "--sizes | 5g | 4g",
                "--sizes | many | a number",
                "--cache | tepid | warm",
                "--synced | perhaps | yes",
                "--only | nosuch | copy-file-range"
            })
    void whatIsNotUnderstoodIsSaidBeforeAnythingIsMeasured(String option, String value, String said) {
        assertThat(shell.run("bench", "copy", option, value, "--out", folder)).isEqualTo(2);
        assertThat(shell.err()).containsIgnoringCase(said);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFileWhereTheResultsShouldGoIsRefusedWithWhatToDo() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThat(shell.run("bench", "copy", "--out", file)).isEqualTo(1);
        assertThat(shell.err()).contains("cannot make the folder", "file", "--out");
    }

    @Test
    void aScratchThatIsNoFolderIsRefused() {
        assertThat(shell.run("bench", "copy", "--out", folder, "--scratch", folder.resolve("none")))
                .isEqualTo(1);
        assertThat(shell.err()).contains("none").contains("no folder");
    }
}
