package org.brkmap.toolchain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.brkmap.toolchain.Diagnostic.Severity;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsGcc
class CCompilerTest {
    private static CCompiler compiler;

    @TempDir
    Path directory;

    @BeforeAll
    static void find() throws Exception {
        compiler = CCompiler.find();
    }

    @Test
    void buildsAProgramThatRuns() throws Exception {
        Path source = source("hello.c", "#include <stdio.h>\nint main(void) { puts(GREETING); return 0; }\n");

        BuiltProgram program = compiler.build(request(source).define("GREETING", "\"hi, \\\"you\\\"\""));

        assertThat(Tool.run(List.of(program.executable().toString())).stdout()).isEqualTo("hi, \"you\"\n");
        assertThat(program.flags()).startsWith("-O0 -g -Wall -Wextra -DGREETING=");
        assertThat(program.compiler()).isEqualTo(compiler.version()).isNotBlank();
        assertThat(program.sources()).singleElement().satisfies(text -> {
            assertThat(text.name()).isEqualTo("hello.c");
            assertThat(text.text()).isEqualTo(Files.readString(source));
            assertThat(Tool.run(List.of("sha256sum", source.toString())).stdout())
                    .startsWith(text.sha256());
        });
    }

    @Test
    void doesNotCompileTheSameProgramTwice() throws Exception {
        BuildRequest request = request(source("same.c", "int main(void) { return 0; }\n"));
        Path first = compiler.build(request).executable();
        FileTime longAgo = FileTime.fromMillis(1_000_000_000_000L);
        Files.setLastModifiedTime(first, longAgo);

        Path second = compiler.build(request).executable();

        assertThat(second).isEqualTo(first);
        assertThat(Files.getLastModifiedTime(second)).isEqualTo(longAgo);
    }

    @Test
    void compilesAgainWhenSourceFlagOrHeaderChanges() throws Exception {
        Path headers = Files.createDirectory(directory.resolve("my headers"));
        Files.writeString(headers.resolve("answer.h"), "#define ANSWER 1\n");
        Path source = source("answer.c", "#include \"answer.h\"\nint main(void) { return ANSWER; }\n");
        BuildRequest request = request(source).include(headers);
        assertThat(exit(request)).isEqualTo(1);

        Files.writeString(headers.resolve("answer.h"), "#define ANSWER 2\n");
        assertThat(exit(request)).isEqualTo(2);

        Files.writeString(source, "#include \"answer.h\"\nint main(void) { return ANSWER + 1; }\n");
        assertThat(exit(request)).isEqualTo(3);
        assertThat(compiler.build(request.flag("-O1")).executable())
                .isNotEqualTo(compiler.build(request).executable());

        Files.writeString(headers.resolve("answer.h"), "#include \"deep.h\"\n#define ANSWER DEEP\n");
        Files.writeString(headers.resolve("deep.h"), "#define DEEP 7\n");
        assertThat(exit(request)).isEqualTo(8);
        Files.writeString(headers.resolve("deep.h"), "#define DEEP 8\n");
        assertThat(exit(request)).isEqualTo(9);
    }

    @Test
    void buildsFromPathsThatLookLikeOptionsOrHoldBlanks() throws Exception {
        Path source = source("odd $x #1/-v two.c", "int main(void) { return 5; }\n");

        assertThat(exit(request(source).named("odd one"))).isEqualTo(5);
        assertThat(BuildRequest.argument(Path.of("-v.c"))).isEqualTo("./-v.c");
        assertThat(BuildRequest.argument(Path.of("@v.c"))).isEqualTo("./@v.c");
    }

    @Test
    void linksSeveralSourcesAndLibraries() throws Exception {
        Path main =
                source("main.c", "double f(double); int main(int c, char **v) { (void)v; return (int)f(c * 16.0); }\n");
        Path other = source("other.c", "#include <math.h>\ndouble f(double x) { return sqrt(x); }\n");

        assertThat(exit(request(main).source(other).library("-lm"))).isEqualTo(4);
    }

    @Test
    void tellsACompileErrorWithFileLineAndSourceLine() throws Exception {
        String text = "int main(void)\n{\n    return undeclared; /* MARK */\n}\n";
        int line = 1 + text.lines().toList().indexOf("    return undeclared; /* MARK */");
        Path source = source("my lab/broken.c", text);

        BuildException failure = failure(request(source));

        assertThat(failure)
                .hasMessageContaining("cannot build broken\nbroken.c:" + line + ":12: error: 'undeclared' undeclared")
                .hasMessageContaining("\n    return undeclared; /* MARK */");
        assertThat(failure.diagnostics())
                .filteredOn(diagnostic -> diagnostic.severity() == Severity.ERROR)
                .singleElement()
                .satisfies(error -> {
                    assertThat(error.file()).isEqualTo(source.toString());
                    assertThat(error.line()).isEqualTo(line);
                });
        assertThat(failure.words()).contains(source + ":" + line + ":");
    }

    @Test
    void tellsAMissingInclude() throws Exception {
        BuildException failure = failure(request(source("includes.c", "#include \"nowhere.h\"\nint main(void) {}\n")));

        assertThat(failure).hasMessageContaining("includes.c:1:10: error: nowhere.h: No such file or directory");
    }

    @Test
    void tellsAnUndefinedFunctionWithTheLineThatCallsIt() throws Exception {
        BuildException failure =
                failure(request(source("links.c", "void gone(void);\nint main(void)\n{\n    gone();\n}\n")));

        assertThat(failure).hasMessageContaining("links.c:4: error: undefined reference to `gone'");
        assertThat(failure.diagnostics()).noneMatch(d -> d.message().contains("in function"));
    }

    @Test
    void tellsAMissingLibrary() throws Exception {
        BuildRequest request =
                request(source("lib.c", "int main(void) { return 0; }\n")).library("-lnowhere");

        assertThat(failure(request)).hasMessageContaining("error: cannot find -lnowhere");
    }

    @Test
    void tellsAMissingSource() {
        assertThatThrownBy(() -> compiler.build(request(directory.resolve("absent.c"))))
                .isInstanceOf(BuildException.class)
                .hasMessageContaining("absent.c: there is no such file");
    }

    @Test
    void keepsWarningsOfABuildThatWasFoundInTheCache() throws Exception {
        BuildRequest request = request(source("warns.c", "int main(void)\n{\n    int unused;\n    return 0;\n}\n"));

        List<Diagnostic> first = compiler.build(request).warnings();

        assertThat(first).singleElement().satisfies(warning -> {
            assertThat(warning.severity()).isEqualTo(Severity.WARNING);
            assertThat(warning.line()).isEqualTo(3);
        });
        assertThat(compiler.build(request).warnings()).isEqualTo(first);
    }

    @Test
    void leavesNothingHalfBuiltBehind() throws Exception {
        failure(request(source("half.c", "int main(void) { return }\n")));

        try (var files = Files.walk(directory.resolve("out"))) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void saysHowToInstallACompilerThatIsMissing() {
        assertThatThrownBy(() -> CCompiler.find("gcc", ""))
                .isInstanceOf(MissingToolException.class)
                .hasMessageContainingAll(
                        "gcc is not on the PATH; it is needed to build the C programs", "apt install build-essential");
    }

    @Test
    void refusesAProgramThatIsNoCompiler() {
        assertThatThrownBy(() -> CCompiler.find("false")).hasMessageContaining("is it a C compiler?");
    }

    private BuildRequest request(Path source) {
        return BuildRequest.of(source, directory.resolve("out"));
    }

    private static BuildException failure(BuildRequest request) {
        return catchThrowableOfType(BuildException.class, () -> compiler.build(request));
    }

    private static int exit(BuildRequest request) throws IOException, InterruptedException {
        return Tool.run(List.of(compiler.build(request).executable().toString()))
                .exit();
    }

    private Path source(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
