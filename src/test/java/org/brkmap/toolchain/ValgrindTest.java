package org.brkmap.toolchain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs under valgrind: what is read of its XML, and what happens with those that misbehave. */
@NeedsGcc
class ValgrindTest {
    @TempDir
    Path folder;

    @BeforeEach
    void valgrindIsThere() {
        assumeTrue(Valgrind.isInstalled(), "valgrind is not installed");
    }

    private List<String> program(String main) throws Exception {
        Path source = folder.resolve("program.c");
        Files.writeString(
                source,
                "#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\n#include <unistd.h>\n"
                        + "static void *kept; static char *inner; struct node { struct node *next; long value; };\n"
                        + "static void use(void *p) { kept = p; kept = NULL; }\n" + main);
        return List.of(CCompiler.find()
                .build(BuildRequest.of(source, folder.resolve("built")))
                .executable()
                .toString());
    }

    private ValgrindReport check(String main) throws Exception {
        return Valgrind.memcheck(folder, program(main));
    }

    private static long bytes(ValgrindReport report, String kind) {
        return report.leaks(kind).stream().mapToLong(ValgrindFinding::bytes).sum();
    }

    @Test
    void theFourKindsOfLeaksAreToldWithTheirLines() throws Exception {
        ValgrindReport report = check("""
                static void lose(void) { memset(malloc(100), 1, 100); }
                int main(void)
                {
                    struct node *list = NULL;
                    lose();
                    for (int i = 0; i < 10; i++) {
                        struct node *node = malloc(sizeof *node);
                        node->next = list;
                        list = node;
                    }
                    list = NULL;
                    use(list);
                    inner = (char *) malloc(200) + 50;
                    kept = malloc(300);
                    return 0;
                }
                """);

        assertThat(report.finished()).isTrue();
        assertThat(report.errors()).isEmpty();
        assertThat(bytes(report, ValgrindFinding.DEFINITE)).isEqualTo(100 + 160);
        assertThat(bytes(report, ValgrindFinding.INDIRECT)).isEqualTo(144);
        assertThat(bytes(report, ValgrindFinding.POSSIBLE)).isEqualTo(200);
        assertThat(bytes(report, ValgrindFinding.REACHABLE)).isEqualTo(300);
        assertThat(report.leaks(ValgrindFinding.POSSIBLE)
                        .get(0)
                        .in("program.c")
                        .orElseThrow()
                        .describe())
                .isEqualTo("program.c:19");
        assertThat(report.leaks(ValgrindFinding.DEFINITE)).anyMatch(finding -> finding.passes("lose"));
        assertThat(report.requests()).hasSize(13).contains(100L, 16L, 200L, 300L);
    }

    @Test
    void errorsAreToldWithWhereTheMemoryComesFrom() throws Exception {
        ValgrindReport report = check("""
                int main(void)
                {
                    int *numbers = malloc(4 * sizeof *numbers);
                    if (numbers[2] == 7)
                        puts("seven");
                    numbers[4] = 1;
                    free(numbers);
                    return numbers[0];
                }
                """);

        assertThat(report.errors())
                .extracting(ValgrindFinding::kind)
                .contains("UninitCondition", "InvalidWrite", "InvalidRead");
        assertThat(report.errors().stream()
                        .flatMap(error -> error.background().stream())
                        .collect(Collectors.joining("\n")))
                .contains("created by a heap allocation", "after a block of size 16 alloc'd", "free'd");
    }

    @Test
    void aCrashIsToldByItsSignal() throws Exception {
        ValgrindReport report = check("int main(void) { abort(); }\n");
        assertThat(report.signal()).isEqualTo("SIGABRT");
    }

    @Test
    void whatPrintsWithoutEndIsStopped() throws Exception {
        List<String> flood = program("int main(void) { for (;;) puts(\"a line\"); }\n");
        assertThatThrownBy(() -> Valgrind.memcheck(folder, flood))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("printed more than");
    }

    @Test
    void aProgramCanStartNoOtherProcess() throws Exception {
        ValgrindReport report = check(
                "int main(void) { pid_t child = fork(); if (child == 0) _exit(0); return child == -1 ? 7 : 8; }\n");
        assertThat(report.finished()).isTrue();
        assertThat(report.exit()).isEqualTo(7);
    }

    @Test
    void aReportThatIsCutOffTellsWhatItHas() {
        String whole =
                "<?xml version=\"1.0\"?><valgrindoutput><error><kind>InvalidRead</kind><what>w</what><stack><frame>"
                        + "<fn>f</fn><file>a.c</file><line>3</line></frame></stack></error><error><kind>Inv";
        ValgrindXml xml = ValgrindXml.read(new ByteArrayInputStream(whole.getBytes(StandardCharsets.UTF_8)));
        assertThat(xml.finished()).isFalse();
        assertThat(xml.findings()).hasSize(1);
        assertThat(xml.findings().get(0).stack().get(0).describe()).isEqualTo("a.c:3");
    }

    @Test
    void entitiesOfAReportAreNotFollowed() {
        String hostile = "<?xml version=\"1.0\"?><!DOCTYPE v [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>"
                + "<valgrindoutput><error><kind>&e;</kind></error></valgrindoutput>";
        assertThat(ValgrindXml.read(new ByteArrayInputStream(hostile.getBytes(StandardCharsets.UTF_8)))
                        .findings())
                .isEmpty();
    }

    @Test
    void aStoppedProgramAnswers() throws Exception {
        assumeTrue(ValgrindMonitor.isInstalled(), "vgdb is not installed");
        List<String> program = program("""
                int main(int argc, char *argv[])
                {
                    FILE *file = fopen(argv[argc - 1], "w");
                    int *number = malloc(sizeof *number);
                    fprintf(file, "number %p\\n", (void *) number);
                    fclose(file);
                    if (*number == 5)
                        puts("five");
                    for (;;)
                        pause();
                }
                """);
        String answers = ValgrindMonitor.ask(
                folder,
                program,
                written -> List.of("get_vbits " + written.strip().split(" ")[1] + " 4"));
        assertThat(answers).contains("ffffffff");
    }
}
