package org.brkmap.handout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.brkmap.lab.LabCatalogue;
import org.brkmap.toolchain.NeedsGcc;
import org.brkmap.toolchain.ProjectFiles;
import org.brkmap.toolchain.Tool;
import org.brkmap.toolchain.ToolResult;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every lab handed out alone, with a Maven repository of its own, built and run there by Maven offline: {@code make slow}. */
@Tag("slow")
@NeedsGcc
class HandoutRunsTest {
    private static final Path ROOT = ProjectFiles.find().orElseThrow().root();

    @TempDir
    private Path directory;

    static List<String> labs() throws IOException {
        return LabCatalogue.ids(ROOT);
    }

    @ParameterizedTest
    @MethodSource("labs")
    void aLabRunsAloneWithoutANetwork(String lab) throws Exception {
        Path out = directory.resolve("a course");
        try (Staging staging = Staging.of(out)) {
            Handout.of(ROOT, List.of(lab)).writeTo(staging.folder());
            OfflineRepository.fill(staging.folder(), List.of(lab), step -> {});
            assertThat(out).doesNotExist();
            staging.publish();
        }
        assertThat(out.resolve("target")).as("what trying it has built").doesNotExist();
        assertThat(out.resolve(".brkmap")).as("what trying it has judged").doesNotExist();

        ToolResult run = in(out, "mvn", "-B", "-q", "test", "-P" + lab);
        assertThat(run.succeeded()).as(run.stdout() + run.stderr()).isTrue();
        assertThat(run.stdout())
                .containsPattern("Score: ([1-9]|10) of 100 points")
                .contains("Next: ");
        assertThat(out.resolve("target/reports").resolve(lab + ".html")).isNotEmptyFile();
        assertThat(out.resolve("target/reports").resolve(lab + ".json")).isNotEmptyFile();

        ToolResult list = in(out, out.resolve("brkmap").toString(), "lab", "list");
        assertThat(list.stdout()).as(list.stderr()).contains(lab).contains("of 100 points");
        ToolResult unknown = in(out, "mvn", "-B", "-q", "test", "-Plab0");
        assertThat(unknown.succeeded()).as("a lab that is not there").isFalse();

        Secrets.of(ROOT, lab).areNotBelow(out);
    }

    /** As another user would run it, who has no Maven repository yet. */
    private static ToolResult in(Path directory, String... command) throws IOException, InterruptedException {
        Path home = Files.createDirectories(directory.resolveSibling("home"));
        return Tool.of(command)
                .in(directory)
                .with("HOME", home.toString())
                .with("MAVEN_OPTS", "-Duser.home=" + home)
                .wallLimit(Duration.ofMinutes(10))
                .run();
    }
}
