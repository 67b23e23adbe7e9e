package org.brkmap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.brkmap.toolchain.Tool;
import org.brkmap.toolchain.ToolResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

class ManualsTest {
    private final Shell shell = new Shell();

    @TempDir
    private Path directory;

    @Test
    void theManualHoldsEveryCommandAndOption() {
        assertThat(shell.run("man")).isZero();
        String page = shell.out().replace("\\-", "-");
        Brkmap.commandLine().getSubcommands().forEach((name, command) -> {
            assertThat(page).contains("brkmap " + name);
            command.getCommandSpec().options().stream()
                    .filter(option -> !option.usageHelp() && !option.versionHelp())
                    .forEach(option -> assertThat(page).contains(option.longestName()));
        });
        assertThat(page).contains("EXIT STATUS").doesNotContain("${").doesNotContain("%n");
    }

    @Test
    @EnabledIf("groffIsHere")
    void groffFindsNothingWrongWithTheManual() throws IOException, InterruptedException {
        shell.run("man");
        ToolResult groff =
                Tool.of("groff", "-man", "-Tutf8", "-ww").stdin(shell.out()).run();
        assertThat(groff.stderr()).isEmpty();
        assertThat(groff.stdout()).contains("BRKMAP");
    }

    static boolean groffIsHere() {
        return Tool.exists("groff");
    }

    @Test
    @EnabledIf("bashIsHere")
    void bashCompletesCommandsAndOptions() throws IOException, InterruptedException {
        shell.run("completion");
        Path script = Files.writeString(directory.resolve("completion"), shell.out());
        assertThat(completed(script, "brkmap", "obs")).contains("observe");
        assertThat(completed(script, "brkmap", "observe", "--as")).contains("--aslr");
    }

    static boolean bashIsHere() {
        return Tool.exists("bash");
    }

    @Test
    void theRevisionIsThatOfTheCheckout() throws IOException {
        String commit = "0123456789abcdef0123456789abcdef01234567";
        Path git = Files.createDirectories(directory.resolve(".git/refs/heads"));
        assertThat(GitRevision.of(directory)).isEmpty();
        Files.writeString(directory.resolve(".git/HEAD"), "ref: refs/heads/main\n");
        Files.writeString(directory.resolve(".git/packed-refs"), "# pack-refs\n" + commit + " refs/heads/main\n");
        assertThat(GitRevision.of(directory)).contains("0123456789ab");
        Files.writeString(git.resolve("main"), "f" + commit.substring(1) + "\n");
        assertThat(GitRevision.of(directory)).contains("f123456789ab");
        Files.writeString(directory.resolve(".git/HEAD"), commit + "\n");
        assertThat(GitRevision.of(directory)).contains("0123456789ab");
        Files.writeString(directory.resolve(".git/HEAD"), "ref: ../../../etc/passwd\n");
        assertThat(GitRevision.of(directory)).isEmpty();
    }

    /** What bash offers for the last of these words. */
    private static Set<String> completed(Path script, String... words) throws IOException, InterruptedException {
        String line = String.join(" ", words);
        String program = "source \"$1\"; COMP_WORDS=(" + line + "); COMP_CWORD=" + (words.length - 1) + "; COMP_LINE='"
                + line + "'; COMP_POINT=" + line.length() + "; _complete_brkmap; printf '%s\\n' \"${COMPREPLY[@]}\"";
        ToolResult bash =
                Tool.of("bash", "-c", program, "bash", script.toString()).run();
        return Set.of(bash.stdout().strip().split("\\s+"));
    }
}
