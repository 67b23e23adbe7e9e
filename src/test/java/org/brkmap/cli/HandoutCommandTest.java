package org.brkmap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.brkmap.toolchain.ProjectFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HandoutCommandTest {
    private final Path root = ProjectFiles.find().orElseThrow().root();
    private final Shell shell = new Shell();

    @TempDir
    private Path directory;

    private int handout(Object... words) {
        return shell.run(Stream.concat(Stream.of("handout"), Stream.of(words)).toArray());
    }

    @Test
    void aNewFolderGetsTheTree() {
        Path out = directory.resolve("new/lab2");
        assertThat(handout("lab2", "--out", out)).as(shell.err()).isZero();
        assertThat(shell.out()).contains(" files: " + out).contains("mvn test -Plab2");
        assertThat(shell.err()).contains("collecting lab2");
        assertThat(out.resolve("labs/lab2/grow.c")).exists();
        assertThat(entries(out.resolveSibling(".").normalize())).containsExactly("lab2");
    }

    @Test
    void aFolderThatHoldsSomethingIsLeftAloneUnlessThatIsMeant() throws IOException {
        Files.writeString(directory.resolve("README.md"), "mine");
        Files.writeString(directory.resolve("other.txt"), "mine");
        Files.createDirectories(directory.resolve(".git"));
        Files.writeString(directory.resolve(".git/HEAD"), "mine");

        assertThat(handout("lab2", "--out", directory)).isEqualTo(1);
        assertThat(shell.err()).contains("is not empty", "--force");
        assertThat(entries(directory)).containsExactly(".git", "README.md", "other.txt");

        assertThat(handout("lab2", "--out", directory, "--force"))
                .as(shell.err())
                .isZero();
        assertThat(directory.resolve("README.md")).content().contains("mvn -q test -Plab2");
        assertThat(directory.resolve("other.txt")).hasContent("mine");
        assertThat(directory.resolve(".git/HEAD")).hasContent("mine");
        assertThat(shell.err()).contains("left as it was: other.txt");
    }

    @Test
    void theProjectItselfIsNoPlaceForAHandout() {
        for (String within : List.of("", "labs/lab9", "src/handout", "..")) {
            assertThat(handout("lab2", "--out", root.resolve(within), "--force"))
                    .as(within)
                    .isEqualTo(2);
            assertThat(shell.err()).contains("lies in the project itself");
        }
        assertThat(root.resolve("labs/lab9")).doesNotExist();
    }

    @Test
    void aFileIsNoFolder() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "mine");
        assertThat(handout("lab2", "--out", file, "--force")).isEqualTo(1);
        assertThat(shell.err()).contains("is a file");
        assertThat(file).hasContent("mine");
    }

    @Test
    void aLabThatIsNotThereIsToldBeforeAnythingIsWritten() {
        assertThat(handout("lab2", "lba2", "--out", directory.resolve("x"))).isEqualTo(2);
        assertThat(shell.err()).contains("There is no lab \"lba2\"; did you mean \"lab2\"?");
        assertThat(entries(directory)).isEmpty();
    }

    private static List<String> entries(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> String.valueOf(entry.getFileName()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
