package org.brkmap.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.brkmap.evidence.CheckResult;
import org.brkmap.evidence.CheckStatus;
import org.brkmap.toolchain.NeedsGcc;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lab 4: half done, and with programs that misbehave. */
@NeedsGcc
class Lab4Test {
    @TempDir
    Path project;

    private CopiedLab lab;

    @BeforeEach
    void copyTheLab() throws IOException {
        lab = CopiedLab.of("lab4", project);
    }

    /** What is nearly right earns its parts, and is told the rest: a line of the solution is changed. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rw_copy.c | O_TRUNC | 0 | rw-copy | 10 | 5000 bytes over a file of 20000",
                "rw_copy.c | status.st_mode & 0777 | 0644 | rw-copy | 10 | mode of the copy",
                "rw_copy.c | die(\"write %s\", destination); | return; | rw-copy | 10 | /dev/full",
                "rw_copy.c | die(\"open %s\", source); | return; | rw-copy | 10 | a source that is missing",
                "rw_copy.c | length -= written; | length = 0; | rw-copy | 10 | a write that takes less than it was given",
                "mm_copy.c | if (length > 0) { | { | mm-copy | 0 | exit status of copying 0 bytes",
                "mm_copy.c | checkpoint(\"mapped\"); | ; | mm-copy | 0 | never stopped at \"mapped\"",
                "mm_copy.c | status.st_mode & 0777 | 0666 | mm-copy | 11 | mode of the copy",
                "map_pages.c | MAP_PRIVATE | MAP_SHARED | pages | 0 | what was mapped",
                "grow_file.c | ftruncate(file, LENGTH) | ftruncate(file, LENGTH / 2) | grow-file | 0 | SIGBUS"
            })
    void halfDoneIsToldWhatIsMissing(String file, String from, String to, String exercise, int earned, String told)
            throws IOException {
        lab.solve(file);
        lab.edit(file, from, to);
        CheckResult check = lab.run(exercise).get(exercise);
        assertThat(check.earned()).as(check.toString()).isEqualTo(earned);
        assertThat(check.status()).isEqualTo(CheckStatus.FAILED);
        assertThat(check.toString()).contains(told);
    }

    @Test
    void aProgramThatCrashesForksFillsTheDiskOrHangsLosesNoOtherResult() throws IOException {
        String program = "#include <fcntl.h>\n#include <stdlib.h>\n#include <unistd.h>\n"
                + "int main(int argc, char *argv[]) { (void) argc; (void) argv; %s }\n";
        lab.write(
                "rw_copy.c",
                program.formatted("static char b[1 << 20]; int f = open(argv[argc - 1], O_WRONLY | O_CREAT, 0600);"
                        + " while (write(f, b, sizeof b) > 0) ; return 0;"));
        lab.write("mm_copy.c", program.formatted("while (fork() != -1) ; for (;;) pause();"));
        lab.write("map_pages.c", program.formatted("for (;;) ;"));
        lab.write("grow_file.c", program.formatted("abort();"));
        Map<String, CheckResult> checks = lab.run();
        assertThat(CopiedLab.ids(checks, CheckStatus.FAILED))
                .as("%s", checks.values())
                .containsExactly("grow-file", "mm-copy", "pages", "rw-copy");
        assertThat(CopiedLab.ids(checks, CheckStatus.PASSED)).contains("two-rows", "no-rows", "same-bytes", "sigbus");
    }
}
