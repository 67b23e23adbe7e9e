package org.brkmap.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFilesTest {
    @TempDir
    Path directory;

    @Test
    void a_file_is_written_with_the_directories_above_it() throws IOException {
        Path file = directory.resolve("a/b/report.html");
        ReportFiles.write(file, "é\n");
        assertThat(file).content().isEqualTo("é\n");
        assertThat(names(file.getParent())).containsExactly("report.html");
    }

    @Test
    void an_older_file_is_replaced_whole() throws IOException {
        Path file = directory.resolve("report.html");
        ReportFiles.write(file, "a long first text");
        ReportFiles.write(file, "short");
        assertThat(file).content().isEqualTo("short");
        assertThat(names(directory)).containsExactly("report.html");
    }

    @Test
    void a_directory_is_no_file() {
        assertThatThrownBy(() -> ReportFiles.write(directory, "x"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(directory.toString())
                .hasMessageContaining("name a file");
    }

    @Test
    void what_stands_in_the_way_is_named() throws IOException {
        Path blocked = Files.createFile(directory.resolve("blocked"));
        assertThatThrownBy(() -> ReportFiles.write(blocked.resolve("report.html"), "x"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot write " + blocked.resolve("report.html"))
                .hasMessageContaining("nothing was changed");
    }

    @Test
    void a_full_disk_leaves_the_older_file_and_nothing_else() throws Exception {
        Path disk = Files.createDirectory(directory.resolve("disk"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=64k", "brkmap-test", disk.toString()) == 0,
                "mounting a small tmpfs needs root");
        try {
            Path file = disk.resolve("report.html");
            ReportFiles.write(file, "the older report");
            assertThatThrownBy(() -> ReportFiles.write(file, "x".repeat(1 << 20)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("cannot write " + file)
                    .hasMessageContaining("No space left on device")
                    .hasMessageContaining("Make room");
            assertThat(file).content().isEqualTo("the older report");
            assertThat(names(disk)).containsExactly("report.html");
        } finally {
            assertThat(run("umount", disk.toString())).isZero();
        }
    }

    private static int run(String... command) throws Exception {
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            return -1;
        }
        assertThat(process.waitFor(20, TimeUnit.SECONDS))
                .as(String.join(" ", command))
                .isTrue();
        return process.exitValue();
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
