package org.brkmap.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
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

/** Lab 8: as a student gets it, solved, cheated at, half done, and with programs that misbehave. */
@NeedsGcc
class Lab8Test {
    private static final String LAB = "lab8";

    private final Path root = ProjectFiles.find().orElseThrow().root();

    @TempDir
    Path project;

    @BeforeEach
    void copyTheLab() throws IOException {
        LabVerifier.copyLab(root, LAB, project);
    }

    private Map<String, CheckResult> run(String... exercises) throws IOException {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        LabDocument document = LabRunner.in(root).on(project, true).run(LAB, Set.of(exercises), nowhere);
        return document.checks().stream().collect(Collectors.toMap(CheckResult::id, Function.identity()));
    }

    private void edit(String file, UnaryOperator<String> change) throws IOException {
        Path path = project.resolve(file);
        String before = Files.readString(path);
        String after = change.apply(before);
        assertThat(after).as("the changed " + file).isNotEqualTo(before);
        Files.writeString(path, after);
    }

    private static List<String> ids(Map<String, CheckResult> checks, CheckStatus status) {
        return checks.values().stream()
                .filter(check -> check.status() == status)
                .map(CheckResult::id)
                .sorted()
                .toList();
    }

    @Test
    void samplesThatDoSomethingElseAreNotTakenForThese() throws IOException {
        edit("sample-c/frames/frames.c", text -> text.replace("'A' + number - 1", "'A'"));
        edit("sample-c/overflow/overflow.c", text -> text.replace("(rlim_t) kib * 1024", "(rlim_t) kib * 512"));
        edit(
                "sample-c/thread_stacks/thread_stacks.c",
                text -> text.replace(
                        "pthread_barrier_init(&ready",
                        "pthread_attr_setguardsize(&attributes, 0);\n" + "    pthread_barrier_init(&ready"));
        edit("sample-c/arenas/arenas.c", text -> text.replace("malloc(SIZE)", "calloc(1, 200 * SIZE)"));
        assertThat(ids(run(), CheckStatus.FAILED))
                .contains("frame-holds", "limit-met", "thread-stacks", "Threads.eachThreadGetsAnArena");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "raise.c | Your turn. | My turn. | raise | ended by SIGSEGV",
                "table.c | char table[ENTRIES]; | static char table[ENTRIES]; | table | no block of 16777216 bytes",
                "table.c | char table[ENTRIES]; | char *table = malloc(ENTRIES); | table | addresses that were freed",
                "attr.c | Leave work | Keep work | attr | bytes of the stack of \"small\"",
                "fall.c | depth < 10 ? | depth < 20 ? | fall | exit status 0",
                "one_arena.c | Your turn. | My turn. | one-arena | heap"
            })
    void halfDoneIsToldWhatIsMissing(String file, String from, String to, String exercise, String told)
            throws IOException {
        edit("labs/lab8/" + file, text -> text.replace(from, to));
        CheckResult check = run(exercise).get(exercise);
        assertThat(check.status()).isEqualTo(CheckStatus.FAILED);
        assertThat(check.toString()).contains(told);
    }

    @Test
    @Tag("slow")
    void aProgramThatCrashesForksPrintsOrHangsLosesNoOtherResult() throws IOException {
        replace("raise.c", "abort();");
        replace("table.c", "for (;;) puts(\"a line of a program that does not stop\");");
        replace("attr.c", "while (fork() != -1) ; for (;;) pause();");
        replace("one_arena.c", "for (;;) ;");
        edit("labs/lab8/fall.c", text -> text.replace("depth < 10 ?", "depth < 10000 ?"));
        Map<String, CheckResult> checks = run();
        assertThat(ids(checks, CheckStatus.FAILED)).containsExactly("attr", "one-arena", "raise", "table");
        assertThat(ids(checks, CheckStatus.PASSED)).contains("fall", "limit-met", "thread-stacks");
    }

    private void replace(String file, String statement) throws IOException {
        Files.writeString(
                project.resolve("labs/lab8").resolve(file),
                "#include <stdio.h>\n#include <stdlib.h>\n#include <unistd.h>\nint main(void) { " + statement + " }\n");
    }
}
