package org.brkmap.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.brkmap.evidence.CheckResult;
import org.brkmap.evidence.CheckStatus;
import org.brkmap.evidence.LabDocument;
import org.brkmap.toolchain.NeedsGcc;
import org.brkmap.toolchain.ProjectFiles;
import org.brkmap.toolchain.Tool;
import org.brkmap.toolchain.Valgrind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lab 5: as a student gets it, solved, cheated at, half done, with programs that misbehave, and without valgrind. */
@NeedsGcc
class Lab5Test {
    private static final String LAB = "lab5";

    /** What the lab needs, but for valgrind and gdb. */
    private static final Pattern TOOLS =
            Pattern.compile("(gcc|g\\+\\+|cc|as|ld|nm|addr2line|readelf|objdump|size|env|sh)");

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
    void programsThatDoSomethingElseAreNotTakenForThese() throws IOException {
        edit("labs/lab5/suspect.c", text -> text.replace("LIMIT = 4 * MANY", "LIMIT = 40 * MANY"));
        edit(
                "sample-c/malloc_says/malloc_says.c",
                text -> text.replace(
                        "struct mallinfo2 now = mallinfo2();",
                        "struct mallinfo2 now = mallinfo2(); free(malloc(2000000)); static char *more; more = malloc(400000); (void) more;"));
        assertThat(ids(run("growth", "agree"), CheckStatus.FAILED)).contains("growth", "agree");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "orders.c | Your turn: | My turn: | mend | 0 | belong to no order",
                "orders.c | if (number % 5 == 4) | if (number % 5 == 4 && (free(name), 1)) | mend | 4 | struct order",
                "delta.h | (delta).heap = 0; | (delta).heap = 1; | delta | 0 | hasty.heap",
                "bugs.c | Your turn: | My turn: | bugs | 0 | what valgrind finds in copy_word",
                "bugs.c | malloc(strlen(word)) | malloc(strlen(word) + 1) | bugs | 2 | what valgrind finds in sum_list",
                "pin.c | Your turn. | My turn. | pin | 0 | bytes of heap and mappings in memory at",
                "pairs.cc | delete numbers | delete[] numbers | pairs | 0 | Mismatched",
                "pairs.cc | ~Square() {} | ~Square() { delete[] points; } | pairs | 2 | Mismatched"
            })
    void halfDoneIsToldWhatIsMissing(String file, String from, String to, String exercise, int earned, String told)
            throws IOException {
        needsValgrind();
        edit("labs/lab5/" + file, text -> text.replace(from, to));
        CheckResult check = run(exercise).get(exercise);
        assertThat(check.status()).as(printed).isEqualTo(CheckStatus.FAILED);
        assertThat(check.earned()).as(printed).isEqualTo(earned);
        assertThat(printed).contains(told);
    }

    private static void needsValgrind() {
        assumeTrue(Valgrind.isInstalled() && Tool.exists("g++"), "valgrind and g++ are not installed");
    }

    @Test
    @Tag("slow")
    void aProgramThatCrashesForksPrintsOrHangsLosesNoOtherResult() throws IOException {
        needsValgrind();
        replace("orders.c", "for (;;) ;");
        replace("bugs.c", "while (fork() != -1) ; for (;;) pause();");
        replace("pin.c", "for (;;) puts(\"a line of a program that does not stop\");");
        replace("pairs.cc", "abort();");
        Files.writeString(
                project.resolve("labs/lab5/delta.h"),
                "#include <stdlib.h>\nstruct leak_delta { long heap, mapped; };\n"
                        + "#define LEAK_DELTA(delta, call) do { call; for (;;) if (malloc(1 << 20) == NULL) abort(); } while (0)\n");
        Map<String, CheckResult> checks = run();
        assertThat(ids(checks, CheckStatus.FAILED)).containsExactly("bugs", "delta", "mend", "pairs", "pin");
        assertThat(ids(checks, CheckStatus.PASSED)).contains("growth", "regions", "agree");
    }

    /** Each ends well when it is observed, and not under valgrind. */
    @ParameterizedTest
    @Tag("slow")
    @ValueSource(
            strings = {
                "for (;;) ;",
                "abort();",
                "for (;;) puts(\"a line\");",
                "while (fork() != -1) ; for (;;) pause();"
            })
    void aProgramThatMisbehavesUnderValgrindAloneEarnsNothing(String statement) throws IOException {
        needsValgrind();
        Path solved = LabProofs.solution(root, LAB).orElseThrow().resolve("bugs.c");
        String text = Files.readString(solved)
                .replace(
                        "int main(int argc, char *argv[])\n{",
                        "#include <unistd.h>\n"
                                + "int main(int argc, char *argv[])\n{\n    const char *preloaded = getenv(\"LD_PRELOAD\");\n"
                                + "    if (preloaded != NULL && strstr(preloaded, \"vgpreload\") != NULL) { "
                                + statement + " }");
        Files.writeString(project.resolve("labs/lab5/bugs.c"), text);
        Map<String, CheckResult> checks = run("bugs", "agree");
        assertThat(checks.get("bugs").earned()).isZero();
        assertThat(checks.get("bugs").status()).as(printed).isNotEqualTo(CheckStatus.PASSED);
        assertThat(checks.get("agree").status()).isEqualTo(CheckStatus.PASSED);
    }

    @Test
    void whatNeedsValgrindIsNotCheckedWithoutItAndTheRestGoesOn() throws Exception {
        solve();
        Path tools = Files.createDirectory(project.resolve("tools"));
        for (String folder : List.of("/usr/bin", "/bin")) {
            try (Stream<Path> programs = Files.list(Path.of(folder))) {
                for (Path program : programs.toList()) {
                    String name = String.valueOf(program.getFileName());
                    if (TOOLS.matcher(name).matches()
                            && !Files.exists(tools.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
                        Files.createSymbolicLink(tools.resolve(name), program);
                    }
                }
            }
        }
        Path output = project.resolve("output");
        ProcessBuilder java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dfile.encoding=UTF-8",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Inside.class.getName(),
                        root.toString(),
                        project.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        java.environment().put("PATH", tools.toString());
        Process process = java.start();
        boolean ended = process.waitFor(120, TimeUnit.SECONDS);
        process.destroyForcibly();
        try (Stream<Path> links = Files.list(tools)) {
            for (Path link : links.toList()) {
                Files.delete(link);
            }
        }
        assertThat(ended).as("the lab ended within two minutes").isTrue();
        List<String> said = Files.readAllLines(output);
        assertThat(said)
                .contains("kinds NOT_CHECKED", "bugs NOT_CHECKED", "pairs NOT_CHECKED", "monitor NOT_CHECKED")
                .contains(
                        "mend PASSED", "delta PASSED", "pin PASSED", "verdict PASSED", "pinned PASSED", "stats PASSED")
                .anyMatch(line -> line.contains("valgrind is not installed (package valgrind)"));
    }

    private void solve() throws IOException {
        Path solution = LabProofs.solution(root, LAB).orElseThrow();
        try (Stream<Path> files = Files.list(solution)) {
            for (Path file : files.toList()) {
                Files.copy(
                        file,
                        project.resolve("labs/lab5").resolve(String.valueOf(file.getFileName())),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** What the other JVM runs: the lab, and then a line for each of its checks. */
    static final class Inside {
        private Inside() {}

        public static void main(String[] args) throws IOException {
            LabRunner.in(Path.of(args[0]))
                    .on(Path.of(args[1]), true)
                    .run(LAB, System.out)
                    .checks()
                    .forEach(check -> System.out.println(check.id() + " " + check.status()));
        }
    }

    private void replace(String file, String statement) throws IOException {
        Files.writeString(
                project.resolve("labs/lab5").resolve(file),
                "#include <stdio.h>\n#include <stdlib.h>\n#include <unistd.h>\n" + "int main(void) { " + statement
                        + " }\n");
    }
}
