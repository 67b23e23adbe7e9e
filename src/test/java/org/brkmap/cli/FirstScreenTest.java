package org.brkmap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.brkmap.toolchain.BuildRequest;
import org.brkmap.toolchain.CCompiler;
import org.brkmap.toolchain.NeedsGcc;
import org.brkmap.toolchain.ProjectFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What changed, which line did it, how much is in memory: all of it where nobody has to scroll. */
@NeedsGcc
class FirstScreenTest {
    private static final int ROWS = 24;

    private final Shell shell = new Shell();

    @ParameterizedTest
    @ValueSource(strings = {"alloc_size", "touch", "many_mappings", "neighbours"})
    void theFindingTheLineAndTheSumStandOnTheFirstScreen(String name) throws Exception {
        List<String> all = observed(name);
        List<String> screen = all.subList(0, Math.min(ROWS, all.size()));
        assertThat(screen.get(0)).startsWith(name + ": ");
        assertThat(String.join(" ", screen)).contains(name + ".c:", "Address space ", "of brkmap's probe");
        assertThat(screen).anyMatch(row -> row.matches("  total( +[0-9.]+ [KMG]iB){3}  [▓░]+"));
    }

    @Test
    void whatALoopDidIsToldOnceWithItsSum() throws Exception {
        List<String> screen = observed("many_mappings");
        assertThat(String.join("\n", screen))
                .containsPattern("\\+ anonymous added \\+[0-9.]+ MiB, \\d{4,} times: mmap");
        assertThat(screen).anyMatch(row -> row.matches("[+ ] anonymous ×\\d{5} .*"));
    }

    @Test
    void everyChangeStandsBelowIfAsked() throws Exception {
        assertThat(shell.run("observe", "--every-change", "--", program("alloc_size")))
                .isZero();
        String text = shell.out();
        String below = text.substring(text.indexOf("Every change, checkpoint by checkpoint"));
        assertThat(below)
                .contains("#0 exec → #1 “Press", "▲ heap grew +", "in main(),")
                .contains("the dynamic loader");
    }

    @Test
    void withoutTheProbeNoneIsNamed() throws Exception {
        assertThat(shell.run("observe", "--no-probe", "--", program("alloc_size")))
                .isZero();
        assertThat(shell.out()).contains("not used").doesNotContain("probe");
    }

    private List<String> observed(String name) throws Exception {
        assertThat(shell.run("observe", "--", program(name))).as(shell.err()).isZero();
        return shell.out().lines().toList();
    }

    private static Path program(String name) throws Exception {
        ProjectFiles project = ProjectFiles.find().orElseThrow();
        Path source = project.sampleC().resolve(name).resolve(name + ".c");
        return CCompiler.find()
                .build(BuildRequest.of(source, project.target().resolve("first-screen-tests")))
                .executable();
    }
}
