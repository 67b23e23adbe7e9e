package org.brkmap.toolchain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.brkmap.toolchain.Diagnostic.Severity;
import org.junit.jupiter.api.Test;

class DiagnosticParserTest {
    @Test
    void readsErrorsAndWarningsWithTheirPlaces() throws IOException {
        assertThat(DiagnosticParser.parse(said("gcc-12-compile.txt")))
                .extracting(Diagnostic::severity, Diagnostic::file, Diagnostic::line, Diagnostic::column)
                .containsExactly(
                        tuple(Severity.WARNING, "my lab/parts.h", 1, 18),
                        tuple(Severity.WARNING, "my lab/broken.c", 6, 17),
                        tuple(Severity.WARNING, "my lab/broken.c", 7, 14),
                        tuple(Severity.WARNING, "my lab/broken.c", 8, 12),
                        tuple(Severity.ERROR, "my lab/broken.c", 8, 26),
                        tuple(Severity.WARNING, "my lab/broken.c", 3, 12));
    }

    @Test
    void describesAnErrorWithItsSourceLine() throws IOException {
        assertThat(DiagnosticParser.parse(said("gcc-12-compile.txt")))
                .filteredOn(diagnostic -> diagnostic.severity() == Severity.ERROR)
                .singleElement()
                .extracting(Diagnostic::describe)
                .isEqualTo("broken.c:8:26: error: expected ';' before '}' token\n    return missing(count)");
    }

    @Test
    void readsWhatTheLinkerMisses() throws IOException {
        assertThat(described("gcc-12-link.txt"))
                .containsExactly(
                        "b.c:1: error: multiple definition of `twice'; /tmp/cckgtt2s.o:/tmp/cap/a.c:2: first defined here",
                        "b.c:1: warning: the use of `tmpnam' is dangerous, better use `mkstemp'",
                        "a.c:3: error: undefined reference to `gone'");
    }

    @Test
    void namesTheFileWhereTheLinkerKnowsNoLine() throws IOException {
        assertThat(described("gcc-12-link-without-lines.txt"))
                .containsExactly(
                        "error: multiple definition of `twice'; /tmp/ccbbxkRq.o:(.data+0x0): first defined here",
                        "b.c: warning: the use of `tmpnam' is dangerous, better use `mkstemp'",
                        "a.c: error: undefined reference to `gone'");
    }

    @Test
    void readsAMissingLibraryAndAWrongOption() throws IOException {
        assertThat(described("gcc-12-missing-library.txt"))
                .contains("error: cannot find -lnowhere: No such file or directory")
                .hasSize(2);
        assertThat(described("gcc-12-option.txt"))
                .containsExactly("error: unrecognized command-line option '-fnonsense'; did you mean '-fno-see'?");
    }

    @Test
    void readsFatalErrorsAndTheWordsOfTheAssembler() {
        assertThat(describe("a.c:1:10: fatal error: x.h: No such file or directory"))
                .containsExactly("a.c:1:10: error: x.h: No such file or directory");
        assertThat(describe("/tmp/ccx.s:21: Error: no such instruction: `frobnicate'"))
                .containsExactly("ccx.s:21: error: no such instruction: `frobnicate'");
    }

    @Test
    void keepsTheClosingWordWhereItIsAllThereIs() {
        assertThat(describe("collect2: error: ld returned 1 exit status"))
                .containsExactly("error: ld returned 1 exit status");
    }

    @Test
    void takesNothingElseForADiagnostic() {
        String words = """
                gcc -c a.c
                make: *** [Makefile:2: bad] Error 1
                make[1]: *** [Makefile:12: bad] Error 1
                In file included from a.h:3,
                                 from a.c:1:
                a.c: In function 'main':
                   12 | an excerpt of nothing
                """;

        assertThat(DiagnosticParser.parse(words)).isEmpty();
    }

    private static List<String> described(String resource) throws IOException {
        return describe(said(resource));
    }

    private static List<String> describe(String words) {
        return DiagnosticParser.parse(words).stream().map(Diagnostic::describe).toList();
    }

    private static String said(String resource) throws IOException {
        try (InputStream stream = DiagnosticParserTest.class.getResourceAsStream("/toolchain/" + resource)) {
            return new String(Objects.requireNonNull(stream, resource).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
