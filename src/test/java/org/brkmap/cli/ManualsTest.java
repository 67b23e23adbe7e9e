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
import picocli.CommandLine.Model.CommandSpec;

class ManualsTest {
    private final Shell shell = new Shell();

    @TempDir
    private Path directory;

    @Test
    void theManualHoldsEveryCommandAndOption() {
        assertThat(shell.run("man")).isZero();
        String page = shell.out().replace("\\-", "-");
        for (CommandSpec command : Commands.all()) {
            assertThat(page).contains(".SS \"" + command.qualifiedName() + "\"");
            command.options().stream()
                    .filter(option -> !option.usageHelp() && !option.versionHelp())
                    .forEach(option -> assertThat(page).contains(option.longestName()));
        }
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

    @Test
    @EnabledIf("mandocIsHere")
    void mandocFindsNothingWrongWithTheManual() throws IOException, InterruptedException {
        shell.run("man");
        ToolResult mandoc = Tool.of("mandoc", "-T", "lint", "-W", "warning")
                .stdin(shell.out())
                .run();
        // A page that is made of a checkout has no date.
        assertThat(mandoc.stdout().lines().filter(line -> !line.contains("missing date")))
                .isEmpty();
        assertThat(mandoc.stderr()).isEmpty();
    }

    static boolean mandocIsHere() {
        return Tool.exists("mandoc");
    }

    static boolean groffIsHere() {
        return Tool.exists("groff");
    }

    @Test
    @EnabledIf("manIsHere")
    void manShowsTheManualWithoutAWarning() throws IOException, InterruptedException {
        shell.run("man");
        Path file = Files.writeString(directory.resolve("brkmap.1"), shell.out());
        ToolResult man = Tool.of("man", "--warnings=w", "-l", file.toString())
                .with("LC_ALL", "C.UTF-8")
                .with("MANPAGER", "cat")
                .with("MANWIDTH", "80")
                .run();
        assertThat(man.stderr()).isEmpty();
        assertThat(man.stdout()).contains("brkmap lab reset", "EXIT STATUS", "NO_COLOR");
        assertThat(man.stdout().lines()).allSatisfy(line -> assertThat(line).doesNotContain("\\e", "${", "@|"));
    }

    static boolean manIsHere() {
        return Tool.exists("man") && groffIsHere();
    }

    @Test
    @EnabledIf("bashIsHere")
    void bashFindsNothingWrongWithTheCompletion() throws IOException, InterruptedException {
        shell.run("completion");
        ToolResult bash = Tool.of("bash", "-n").stdin(shell.out()).run();
        assertThat(bash.succeeded()).as(bash.stderr()).isTrue();
        assertThat(bash.stderr()).isEmpty();
    }

    @Test
    @EnabledIf("zshIsHere")
    void zshFindsNothingWrongWithTheCompletion() throws IOException, InterruptedException {
        shell.run("completion");
        Path script = Files.writeString(directory.resolve("completion"), shell.out());
        ToolResult zsh = Tool.of(
                        "zsh", "-f", "-c", "source \"$1\"; whence -w _complete_brkmap", "zsh", script.toString())
                .run();
        assertThat(zsh.stdout()).contains("_complete_brkmap: function");
    }

    /** In a terminal, as a user does: the Tab key, and then Enter, which runs a function that shows its words. */
    @Test
    @EnabledIf("zshIsHere")
    void zshCompletesCommandsAndOptions() throws IOException, InterruptedException {
        shell.run("completion");
        Path script = Files.writeString(directory.resolve("completion"), shell.out());
        String program = """
                zmodload zsh/zpty
                zpty t "env TERM=dumb zsh -f -i"
                zpty -w t "PS1=; autoload -Uz compinit; compinit -u -d $2; source $1"
                zpty -w t "brkmap() { print -r -- \\"<\\$*>\\" }; print rea''dy"
                zpty -r t out '*ready*'
                for words in "$@[3,-1]"; do
                    zpty -w -n t "brkmap $words"$'\\t\\n'
                    zpty -r t out '*<*>*'
                    print -r -- "$out"
                done
                """;
        String dump = directory.resolve("zcompdump").toString();
        ToolResult zsh = Tool.of(
                        "zsh", "-f", "-c", program, "zsh", script.toString(), dump, "obs", "lab sta", "observe --as")
                .run();
        assertThat(zsh.stdout()).as(zsh.stderr()).contains("<observe>", "<lab status>", "<observe --aslr>");
    }

    static boolean zshIsHere() {
        return Tool.exists("zsh");
    }

    @Test
    @EnabledIf("bashIsHere")
    void bashCompletesCommandsAndOptions() throws IOException, InterruptedException {
        shell.run("completion");
        Path script = Files.writeString(directory.resolve("completion"), shell.out());
        assertThat(completed(script, "brkmap", "obs")).contains("observe");
        assertThat(completed(script, "brkmap", "observe", "--as")).contains("--aslr");
        assertThat(completed(script, "brkmap", "observe", "--aslr", "")).contains("on", "off");
        assertThat(completed(script, "brkmap", "lab", "st")).contains("status");
        assertThat(completed(script, "./brkmap", "lab", "status", "--js")).contains("--json");
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
