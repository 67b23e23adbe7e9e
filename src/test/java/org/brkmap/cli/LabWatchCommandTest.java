package org.brkmap.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.brkmap.toolchain.NeedsGcc;
import org.brkmap.toolchain.ProjectFiles;
import org.brkmap.toolchain.Tool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A watch in a JVM of its own, on a terminal of its own and in a pipe; about 10 s. Run alone by {@code mvn test -Dtest=LabWatchCommandTest}. */
@NeedsGcc
@Tag("slow")
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LabWatchCommandTest {
    private static final String KEYS = "q quit";

    @TempDir
    private Path project;

    private Process process;
    private final StringBuilder seen = new StringBuilder();

    @BeforeEach
    void copyTheLab() throws IOException {
        Path root = ProjectFiles.find().orElseThrow().root();
        for (String folder : List.of("labs/lab2", "sample-c")) {
            try (Stream<Path> files = Files.walk(root.resolve(folder))) {
                for (Path source : files.filter(Files::isRegularFile).toList()) {
                    Path target = project.resolve(root.relativize(source));
                    Files.createDirectories(target.resolveSibling("."));
                    Files.copy(source, target);
                }
            }
        }
        Files.copy(file("starter/grow.c"), file("grow.c"), StandardCopyOption.REPLACE_EXISTING);
    }

    @AfterEach
    void endIt() {
        process.destroyForcibly();
    }

    private Path file(String name) {
        return project.resolve("labs/lab2").resolve(name);
    }

    private String watch() {
        return String.join(
                " ",
                List.of(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-XX:+IgnoreUnrecognizedVMOptions",
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        "'" + System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                                + "'",
                        "org.brkmap.cli.Brkmap lab watch --project",
                        project.toString(),
                        "lab2"));
    }

    private void start(String... command) throws IOException {
        // What a shell runs in the background ignores Ctrl-C, and so would all that is started here.
        List<String> words = new ArrayList<>(List.of("env", "--default-signal=HUP,INT,TERM"));
        words.addAll(List.of(command));
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().put("TERM", "dumb");
        process = builder.start();
    }

    /** Reads on until this text has come. */
    private void await(String text) throws IOException {
        InputStream in = process.getInputStream();
        int from = seen.length();
        while (seen.indexOf(text, from) < 0) {
            int c = in.read();
            assertThat(c).as("what comes before \"%s\", after:\n%s", text, seen).isNotEqualTo(-1);
            seen.append((char) c);
        }
    }

    private void press(String keys) throws IOException {
        OutputStream out = process.getOutputStream();
        out.write(keys.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private void edit(String from, String to) throws IOException {
        Path fresh = file(".grow.c.new");
        Files.writeString(fresh, Files.readString(file("grow.c")).replace(from, to));
        Files.move(fresh, file("grow.c"), StandardCopyOption.ATOMIC_MOVE);
    }

    private String rest() throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void withoutATerminalEachSaveGivesAVerdictAndThereAreNoKeys() throws IOException, InterruptedException {
        start("sh", "-c", "exec " + watch());
        await("Score: 10 of 100");
        edit("(32 *", "(33 *");
        await("1 check: 0 passed, 1 failed");
        edit("free(blocks[i]);", "free(blocks[i])");
        await("grow.c:33");
        await("Next: ");
        edit("free(blocks[i])", "free(blocks[i]);");
        edit("(33 *", "(300 *");
        await("Score: 16 of 100");
        assertThat(seen).doesNotContain(KEYS).doesNotContain("\u001b");
        process.destroy();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void onATerminalKeysAreTakenAndItIsAsBeforeAfterwards() throws IOException {
        assumeThat(Tool.exists("script")).as("script(1), of util-linux").isTrue();
        start("script", "-qec", watch() + "; stty -a", "/dev/null");
        await(KEYS);
        press("h");
        await("moves, hint 1 of 3");
        press("x");
        await("is as it was at the beginning");
        edit("(32 *", "(33 *");
        await("1 check: 0 passed, 1 failed");
        await(KEYS);
        press("x");
        await("Begin grow.c again?");
        press("y");
        await("skipped: open labs/lab2/grow.c");
        assertThat(file("grow.c")).content().contains("(32 *");
        assertThat(file("grow.c.1")).content().contains("(33 *");
        press("l");
        await("> moves");
        press("q");
        assertThat(rest()).contains(" icanon ", " echo ");
    }

    @Test
    void ctrlCEndsItWithTheTerminalAsBefore() throws IOException {
        assumeThat(Tool.exists("script")).as("script(1), of util-linux").isTrue();
        start("script", "-qec", "trap : INT; " + watch() + "; stty -a", "/dev/null");
        await(KEYS);
        edit("checkpoint(\"taken\");", "for (;;) ;");
        await("running ...");
        press("\003");
        assertThat(rest()).contains(" icanon ", " echo ");
    }
}
