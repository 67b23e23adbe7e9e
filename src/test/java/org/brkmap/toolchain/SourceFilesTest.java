package org.brkmap.toolchain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import org.brkmap.model.SourceText;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceFilesTest {
    @TempDir
    private Path folder;

    private Path work;
    private Path program;

    @BeforeEach
    void build() throws IOException {
        work = Files.createDirectories(folder.resolve("work"));
        program = Files.writeString(work.resolve("program"), "ELF");
    }

    /** A file that is a minute older than the program. */
    private Path file(Path path, byte[] bytes) throws IOException {
        Files.write(path, bytes);
        FileTime built = Files.getLastModifiedTime(program);
        Files.setLastModifiedTime(path, FileTime.from(built.toInstant().minus(Duration.ofMinutes(1))));
        return path;
    }

    private List<String> read(Object... names) {
        return new SourceFiles(program, List.of(work))
                .read(List.of(names).stream().map(Object::toString).toList()).stream()
                        .map(SourceText::name)
                        .toList();
    }

    @Test
    void a_source_below_the_directory_is_read_once() throws IOException {
        Path source = file(work.resolve("main.c"), "int main(void) {}\n".getBytes(StandardCharsets.UTF_8));
        SourceFiles sources = new SourceFiles(program, List.of(work));
        List<SourceText> texts = sources.read(List.of(source.toString(), source.toString()));
        assertThat(texts).hasSize(1);
        assertThat(texts.get(0).text()).isEqualTo("int main(void) {}\n");
        assertThat(texts.get(0).sha256())
                .isEqualTo(ContentHash.sha256("int main(void) {}\n".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void what_lies_elsewhere_is_not_read_however_it_is_named() throws IOException {
        Path secret = file(folder.resolve("secret.c"), "secret".getBytes(StandardCharsets.UTF_8));
        Path link = Files.createSymbolicLink(work.resolve("link.c"), secret);
        Path linkedFolder = Files.createSymbolicLink(work.resolve("up"), folder);
        assertThat(read(secret, link, work.resolve("../secret.c"), linkedFolder.resolve("secret.c"), "secret.c"))
                .isEmpty();
    }

    @Test
    void what_is_no_source_is_not_read() throws IOException {
        Path key = file(work.resolve("id_rsa"), "key".getBytes(StandardCharsets.UTF_8));
        Path binary = file(work.resolve("binary.c"), new byte[] {0, (byte) 0xff, (byte) 0xfe});
        Path large = file(work.resolve("large.c"), new byte[300_000]);
        Path directory = Files.createDirectory(work.resolve("directory.c"));
        assertThat(read(key, binary, large, directory, work.resolve("missing.c"), "\0", "??"))
                .isEmpty();
    }

    @Test
    void what_was_changed_after_the_build_is_not_read() throws IOException {
        Path source = file(work.resolve("main.c"), "old".getBytes(StandardCharsets.UTF_8));
        assertThat(read(source)).containsExactly("main.c");
        FileTime built = Files.getLastModifiedTime(program);
        Files.setLastModifiedTime(source, FileTime.from(built.toInstant().plus(Duration.ofMinutes(1))));
        assertThat(read(source)).isEmpty();
    }
}
