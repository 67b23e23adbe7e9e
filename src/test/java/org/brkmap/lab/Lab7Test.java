package org.brkmap.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.brkmap.evidence.CheckResult;
import org.brkmap.evidence.CheckStatus;
import org.brkmap.evidence.LabDocument;
import org.brkmap.toolchain.NeedsGcc;
import org.brkmap.toolchain.ProjectFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lab 7: each classic bug of a memory dumper is told by a message of its own, and no signal of a student's gets out. */
@NeedsGcc
class Lab7Test {
    private static final String LAB = "lab7";

    private final Path root = ProjectFiles.find().orElseThrow().root();

    @TempDir
    Path project;

    private String printed = "";

    @BeforeEach
    void copyTheLab() throws IOException {
        LabVerifier.copyLab(root, LAB, project);
    }

    private Map<String, CheckResult> run(String... exercises) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        LabDocument document = LabRunner.in(root).on(project, true).run(LAB, Set.of(exercises), out);
        printed = bytes.toString(StandardCharsets.UTF_8);
        return document.checks().stream().collect(Collectors.toMap(CheckResult::id, Function.identity()));
    }

    /** The reference solution with something replaced in it. */
    private void solve(String file, String from, String to) throws IOException {
        Path solution = root.resolve("src/test/resources/solutions/lab7").resolve(file);
        Path mine = project.resolve("labs/lab7").resolve(file);
        Files.copy(solution, mine, StandardCopyOption.REPLACE_EXISTING);
        String before = Files.readString(mine);
        assertThat(before).as(file).contains(from);
        Files.writeString(mine, before.replace(from, to));
    }

    @Tag("slow")
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                // 32 bits of an address
                "dump ~ rows[count++] = row ~ row.start &= 0xffffffff, row.end &= 0xffffffff, rows[count++] = row"
                        + "~ keeps 32 bits",
                // an array of the region's length
                "dump ~ static char buffer[1 << 16] ~ char buffer[row.end - row.start]; buffer[0] = 0"
                        + "~ minus the signal that ended it: SIGSEGV",
                // names that only look like it
                "exact ~ strcmp(line + field, name) != 0 ~ strstr(line, name) == NULL ~ where files called [heap] are mapped",
                "exact ~ strcmp(line + field, name) != 0 ~ strncmp(line + field, name, strlen(name)) != 0"
                        + "~ beside one called \"two words\"",
                // the first row alone
                "exact ~ rows[count++] = row; ~ rows[count++] = row; break; ~ which has several rows here",
                // stale bounds
                "exact ~ if (count == 0) ~ if (count == 0) return 1; if (0) ~ which this process does not have; its [stack]",
                // sent is not obeyed
                "hold ~ now != 'T' && now != 't' ~ 0 ~ wait until the kernel says T",
                // nor after a while
                "hold ~ now != 'T' && now != 't' ~ usleep(100000) > 0 ~ wait until the kernel says T",
                // left stopped
                "hold ~ atexit(let_go) ~ (void) 0 ~ asked for a name that is not there",
                "hold ~ sigaction(SIGTERM ~ if (0) sigaction(SIGTERM ~ after memdump got SIGTERM",
                // let go of what others had stopped
                "hold ~ if (state(pid) == 'T') ~ if (0) ~ that its user had stopped before",
                // numbers that are none
                "dump ~ held = pid; ~ held = pid; kill(pid > 1 ? 0 : 1, 0); ~ called kill(2) with 0",
                "hold ~ number < 1 || number > INT_MAX ~ 0 ~ the process number",
                "hold ~ errno != 0 || end == text || *end != '\\0' ~ 0 ~ the process number",
                // a short read is not the end
                "careful ~ length == 0 ~ length == 0) break; if (0 ~ of which the last 2 cannot be read",
                // open without a mode
                "careful ~ O_CLOEXEC, 0600 ~ O_CLOEXEC, 0666 ~ its owner may read and write it",
                "careful ~ O_TRUNC | ~ 0 | ~ over an old file that is longer",
                // addresses above 2^63
                "careful ~ if (!readable(&from, rows, count)) ~ if (rows[0].start >> 63) { close(creat(file, 0600)); return; } "
                        + "if (!readable(&from, rows, count)) ~ whose addresses are above 2^63",
                // errors that nobody looks at
                "careful ~ die(\"write %s\", file) ~ return ~ a file without room",
                // one byte too short
                "careful ~ if (line[length - 1] ~ char d[16]; sscanf(line, \"%16[0-9a-f]\", d); if (line[length - 1]"
                        + "~ AddressSanitizer",
                // more matches than the array holds
                "careful ~ if (line[length - 1] ~ static regmatch_t m[2]; static regex_t r; regcomp(&r, \"(.)(.)\", "
                        + "REG_EXTENDED); regexec(&r, line, 3, m, 0); if (line[length - 1] ~ told of 3 matches",
                // the one way for the other
                "readv ~ return got == -1 ? 0 ~ if (got == -1 && errno == EFAULT) die(\"r\"); return got == -1 ? 0"
                        + "~ exit status of dumping [heap] with -v"
            })
    void aClassicBugIsTold(String exercise, String from, String to, String told) throws IOException {
        solve("memdump.c", from, to);
        Path file = project.resolve("labs/lab7/memdump.c");
        Files.writeString(file, "#include <regex.h>\n" + Files.readString(file));

        CheckResult check = run(Stream.of("dump", exercise).distinct().toArray(String[]::new))
                .get(exercise);

        assertThat(check.status()).as(printed).isEqualTo(CheckStatus.FAILED);
        assertThat(check.earned()).isLessThan(check.points());
        assertThat(printed).contains(told);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "explicit_bzero(copy, strlen(copy)); | (void) 0; | places in the heap",
                "explicit_bzero(secret, sizeof secret); | memset(secret, 0, sizeof secret); | places in the stack",
                "setvbuf(in, NULL, _IONBF, 0); | (void) 0; | places in the heap"
            })
    void aPlaceThatWasForgottenIsTold(String from, String to, String told) throws IOException {
        solve("wipe.c", from, to);
        CheckResult check = run("wipe").get("wipe");
        assertThat(check.status()).as(printed).isEqualTo(CheckStatus.FAILED);
        assertThat(printed).contains(told);
    }

    @Test
    void targetsThatDoSomethingElseAreNotTakenForThese() throws IOException {
        edit("late.c", "memset(block, 'b', SIZE)", "memset(block, 'a', SIZE)");
        edit("forget.c", "strcpy(copy, line)", "copy[0] = line[0]");
        Map<String, CheckResult> checks = run("told", "secret");
        assertThat(checks.get("told").status()).isEqualTo(CheckStatus.FAILED);
        assertThat(checks.get("secret").status()).isEqualTo(CheckStatus.FAILED);
    }

    private void edit(String file, String from, String to) throws IOException {
        Path path = project.resolve("labs/lab7").resolve(file);
        String before = Files.readString(path);
        assertThat(before).as(file).contains(from);
        Files.writeString(path, before.replace(from, to));
    }

    @Test
    @Tag("slow")
    void aProgramThatSignalsAllForksPrintsOrHangsLosesNoOtherResult() throws IOException {
        for (String statement : List.of(
                "kill(-1, SIGKILL);",
                "kill(0, SIGSTOP);",
                "while (fork() != -1) ; for (;;) pause();",
                "for (;;) puts(\"a line of a program that does not stop\");",
                "for (;;) ;")) {
            Files.writeString(
                    project.resolve("labs/lab7/memdump.c"),
                    "#include <signal.h>\n#include <stdio.h>\n#include <unistd.h>\nint main(void) { " + statement
                            + " }\n");
            Map<String, CheckResult> checks = run("dump", "same-bytes", "secret");
            assertThat(checks.get("dump").status()).as(statement).isEqualTo(CheckStatus.FAILED);
            assertThat(checks.get("same-bytes").status()).as(statement).isEqualTo(CheckStatus.PASSED);
            assertThat(checks.get("secret").status()).as(statement).isEqualTo(CheckStatus.PASSED);
        }
    }
}
