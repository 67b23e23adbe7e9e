package org.brkmap.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
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

/** Lab 3: half done, and with programs that misbehave. */
@NeedsGcc
class Lab3Test {
    @TempDir
    Path project;

    private CopiedLab lab;

    @BeforeEach
    void copyTheLab() throws IOException {
        lab = CopiedLab.of("lab3", project);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "scratch.c | char buffer[BUFFER]; | static char buffer[BUFFER]; | scratch | 4 | kept at \"done\"",
                "slim.c | int table[COUNT] = {[0 ... COUNT - 1] = 7}; | int table[COUNT]; | slim | 0 | exit status 1",
                "optimised.c | char *block = malloc(SIZE); | volatile char *block = malloc(SIZE / 2); | optimised | 0 "
                        + "| calls of malloc(65536)",
                "larger.c | #include \"pool.h\" | char pool[1 << 20]; | weak | 0 | memset brought into memory",
                "double.c | string = longer; | if (length > 4000) free(string); string = longer; | double | 0 "
                        + "| when the string has 2000 characters",
                "double.c | malloc(2 * length) | realloc(string, 2 * length)  | double | 4 | bytes written to at the end"
            })
    void halfDoneIsToldWhatIsMissing(String file, String from, String to, String exercise, int earned, String told)
            throws IOException {
        lab.edit(file, from, to);
        if (earned > 0 && file.equals("double.c")) {
            lab.edit(file, "memcpy(longer + length, string, length);", "");
            lab.edit(file, "memcpy(longer, string, length);", "");
            lab.edit(file, "return string[END - 1] == 'x' ? 0 : 1;", "return 0;");
        }
        CheckResult check = lab.run(exercise).get(exercise);
        assertThat(check.status()).isEqualTo(CheckStatus.FAILED);
        assertThat(check.earned()).isEqualTo(earned);
        assertThat(check.toString()).contains(told);
    }

    @Test
    void aProgramThatCrashesForksPrintsOrHangsLosesNoOtherResult() throws IOException {
        String program = "#include <stdio.h>\n#include <stdlib.h>\n#include <unistd.h>\nint main(void) { %s }\n";
        lab.write("scratch.c", program.formatted("abort();"));
        lab.write("optimised.c", program.formatted("for (;;) puts(\"a line of a program that does not stop\");"));
        lab.write("double.c", program.formatted("while (fork() != -1) ; for (;;) pause();"));
        lab.write("slim.c", "#include \"slim.h\"\nint table[COUNT];\nvoid prepare(void) { for (;;) ; }\n");
        lab.solve("larger.c");
        Map<String, CheckResult> checks = lab.run();
        assertThat(CopiedLab.ids(checks, CheckStatus.FAILED)).containsExactly("double", "optimised", "scratch", "slim");
        assertThat(CopiedLab.ids(checks, CheckStatus.PASSED)).contains("weak", "switch-text", "switch-stack", "vanish");
    }

    @Test
    void aSampleThatDoesSomethingElseIsNotTakenForThis() throws IOException {
        Path sample = project.resolve("sample-c/modify-areas/modify-areas.c");
        String text = Files.readString(sample);
        Files.writeString(
                sample,
                text.replace("char more_bss[AMOUNT];", "char more_bss[AMOUNT] = {1};")
                        .replace("alloc_heap(heap);", "")
                        .replace("depth = AMOUNT / BLOCK;", ""));
        assertThat(CopiedLab.ids(lab.run(), CheckStatus.FAILED))
                .contains("switch-bss", "bss-file", "switch-heap", "switch-stack")
                .doesNotContain("switch-text", "switch-data");
    }
}
