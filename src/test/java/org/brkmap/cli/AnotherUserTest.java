package org.brkmap.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.brkmap.toolchain.ProjectFiles;
import org.brkmap.toolchain.Tool;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a user without rights is told about root's processes and files. Only root can become somebody else. */
@Timeout(180)
class AnotherUserTest {
    private static final String SH = "echo ready; while read line; do echo alive; done";

    @TempDir
    private static Path shared;

    @TempDir
    private Path directory;

    @BeforeAll
    static void copyOurselvesWhereAllCanRead() throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can become somebody else");
        assumeTrue(Tool.exists("setpriv"), "setpriv is not installed");
        int number = 0;
        for (String entry : classPath().split(":")) {
            Path from = Path.of(entry);
            if (Files.isRegularFile(from)) {
                Files.copy(from, shared.resolve(number++ + "-" + from.getFileName()));
            } else if (Files.isDirectory(from)) {
                copy(from, shared.resolve("classes"));
            }
        }
        try (Stream<Path> files = Files.walk(shared)) {
            for (Path file : files.toList()) {
                Files.setPosixFilePermissions(
                        file, PosixFilePermissions.fromString(Files.isDirectory(file) ? "rwxr-xr-x" : "rw-r--r--"));
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.resolveSibling("."));
                Files.write(target, Files.readAllBytes(file));
            }
        }
    }

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    @Test
    void aProcessOfAnotherUserIsDeniedByEachCommandAndNotTouched() throws Exception {
        try (Target sh = Target.start("sh", "-c", SH)) {
            sh.line();
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
            for (List<Object> words : List.<List<Object>>of(
                    List.of("snapshot", sh.pid()),
                    List.of("strings", sh.pid(), "--region", "heap"),
                    List.of("dump", sh.pid(), "--region", "heap", "--out", directory.resolve("heap.bin")),
                    List.of("observe", "--attach", sh.pid()))) {
                try (Outside nobody = asNobody(words)) {
                    assertThat(nobody.status()).as(nobody.err()).isEqualTo(1);
                    assertThat(nobody.err())
                            .startsWith("brkmap: ")
                            .contains(Integer.toString(sh.pid()))
                            .containsAnyOf("owner", "another user")
                            .doesNotContain("\tat ");
                    assertThat(nobody.out()).isEmpty();
                }
                assertThat(directory.resolve("heap.bin")).doesNotExist();
                sh.write("\n");
                assertThat(sh.line()).isEqualTo("alive");
            }
        }
    }

    @Test
    void aFileThatMayNotBeReadIsNamed() throws Exception {
        Path closed = Files.writeString(directory.resolve("closed"), "x");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
        for (List<Object> words : List.<List<Object>>of(List.of("annotate", closed), List.of("diff", closed, closed))) {
            try (Outside nobody = asNobody(words)) {
                assertThat(nobody.status()).as(nobody.err()).isEqualTo(1);
                assertThat(nobody.err()).contains("cannot read " + closed + ": permission denied");
            }
        }
    }

    @Test
    void aFileThatMayNotBeWrittenIsNamedAndStaysAsItWas() throws Exception {
        Path maps = Files.writeString(directory.resolve("a.maps"), "00400000-00401000 r-xp 00000000 08:01 7 /bin/x\n");
        Path kept = Files.writeString(directory.resolve("kept"), "mine");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (Path out : List.of(directory.resolve("new.csv"), kept)) {
            try (Outside nobody = asNobody(List.of("annotate", maps, "--csv", out))) {
                assertThat(nobody.status()).as(nobody.err()).isEqualTo(1);
                assertThat(nobody.err()).contains("cannot write " + out, "not writable for you");
                assertThat(nobody.out()).isEmpty();
            }
        }
        assertThat(kept).hasContent("mine");
    }

    private Outside asNobody(List<Object> words) throws IOException {
        List<String> command = new ArrayList<>(
                List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--no-new-privs"));
        for (String word : Outside.command(words.toArray())) {
            String home = "-D" + ProjectFiles.HOME_PROPERTY + "=";
            command.add(
                    word.equals(classPath())
                            ? shared.resolve("classes") + ":" + shared + "/*"
                            : word.startsWith(home) ? home + shared : word);
        }
        Path said = Files.createDirectories(directory.resolve("said"));
        return Outside.start(said, Map.of("HOME", "/nonexistent"), command);
    }
}
