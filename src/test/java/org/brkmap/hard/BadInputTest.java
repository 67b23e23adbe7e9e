package org.brkmap.hard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.brkmap.evidence.CheckResult;
import org.brkmap.evidence.CheckStatus;
import org.brkmap.hard.MavenRun.Result;
import org.brkmap.toolchain.NeedsGcc;
import org.brkmap.toolchain.Tool;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a student meets, by the student's own command: something is missing or broken, and {@code mvn test -Plab2} says what, ends,
 * keeps the results of the checks that are not concerned, and leaves nothing behind.
 */
@NeedsGcc
@Tag("long")
class BadInputTest {
    /** Checks that ask of alloc_size, and one that does not. */
    private static final Pattern OF_ALLOC_SIZE = Pattern.compile("small-.*|medium-.*|growth-.*|large-.*");

    private static final String OF_ANOTHER = "flip-exhausted";
    private static final String ALLOC_SIZE = "sample-c/alloc_size/alloc_size.c";

    @TempDir
    static Path shared;

    private static Path compiled;

    @TempDir
    Path scratch;

    private MavenRun maven;

    @BeforeAll
    static void compile() throws Exception {
        assumeTrue(Tool.exists("mvn"), "mvn is not installed");
        compiled = MavenRun.compiled(shared);
    }

    @BeforeEach
    void copy() throws Exception {
        maven = MavenRun.copyOf(compiled, scratch);
    }

    @Test
    @Tag("slow")
    void withoutACompilerItSaysWhatToInstall() throws Exception {
        Result result = maven.without(List.of("gcc", "cc", "c89", "c99", "clang", "x86_64-linux-gnu-gcc", "tcc"))
                .lab();

        assertThat(result.exit()).isNotZero();
        assertThat(result.output()).contains("gcc is not on the PATH", "apt install");
        assertThat(result.checks().values())
                .as(result.output())
                .extracting(CheckResult::status)
                .contains(CheckStatus.NOT_CHECKED, CheckStatus.SKIPPED)
                .doesNotContain(CheckStatus.PASSED);
        assertThat(result.checks().values())
                .filteredOn(check -> check.status() == CheckStatus.FAILED)
                .hasSize(1);
    }

    @Test
    void whatTheLabDoesNotNeedMayBeMissing() throws Exception {
        Result result = maven.without(List.of("make", "gmake", "python", "perl", "strace", "gdb", "valgrind", "git"))
                .lab();

        assertThat(result.exit()).as(result.output()).isZero();
        assertThat(result.checks().get("flip-exhausted").status()).isEqualTo(CheckStatus.PASSED);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "crash, SIGSEGV at crash.c",
        "flood, output limit of",
        "fork, processes and threads",
        "hang, time limit of",
        "wait_forever, it went on waiting for input"
    })
    void aProgramThatMisbehavesFailsItsOwnChecksAndNoOther(String name, String words) throws Exception {
        Path source = maven.project().resolve("sample-c/misbehave/" + name + ".c");
        Path program = maven.project().resolve(ALLOC_SIZE);
        Files.writeString(
                program,
                "#line 1 \"" + name + ".c\"\n" + Files.readString(source).replace("1000000) : 20;", "1000000) : 0;"));
        Result result = maven.lab();

        assertOnlyAllocSizeFails(result);
        assertThat(result.output()).contains(words);
    }

    @Test
    @Tag("slow")
    void aProgramThatDoesNotCompileIsToldInTheCompilersWords() throws Exception {
        Path program = maven.project().resolve(ALLOC_SIZE);
        Files.writeString(program, Files.readString(program).replace("malloc(SIZE)", "maloc(SIZE)"));
        Result result = maven.lab();

        assertOnlyAllocSizeFails(result);
        assertThat(result.output()).contains("maloc").containsPattern("alloc_size\\.c:[0-9]+");
    }

    @Test
    void aSourceThatIsGoneIsNamed() throws Exception {
        Files.delete(maven.project().resolve(ALLOC_SIZE));
        Result result = maven.lab();

        assertOnlyAllocSizeFails(result);
        assertThat(result.output()).contains(ALLOC_SIZE + ": there is no such file");
    }

    private static void assertOnlyAllocSizeFails(Result result) {
        assertThat(result.exit()).as(result.output()).isNotZero();
        assertThat(result.checks()).as(result.output()).containsKey(OF_ANOTHER);
        assertThat(result.checks().get(OF_ANOTHER).status()).as(result.output()).isEqualTo(CheckStatus.PASSED);
        assertThat(result.checks().values())
                .as(result.output())
                .filteredOn(check -> OF_ALLOC_SIZE.matcher(check.id()).matches())
                .hasSizeGreaterThan(4)
                .extracting(CheckResult::status)
                .doesNotContain(CheckStatus.PASSED)
                .contains(CheckStatus.FAILED);
    }

    @Test
    void aFullDiskIsNamed() throws Exception {
        needMounts();
        Result result = maven.lab(namespace("""
                mount -t tmpfs -o size=40m none target && cp -a "$0"/target/. target/ && rm -rf target/native target/programs
                rm -rf target/reports
                dd if=/dev/zero of=target/filler bs=4k 2>/dev/null
                truncate -s -16384 target/filler
                """));

        assertThat(result.exit()).as(result.output()).isNotZero();
        assertThat(result.output()).contains("No space left on device");
    }

    @Test
    void aFolderOfLabsThatMayNotBeWrittenDoesNotMatter() throws Exception {
        needMounts();
        Result result = maven.lab(namespace("mount --bind labs labs && mount -o remount,ro,bind labs\n"));

        assertThat(result.exit()).as(result.output()).isZero();
        assertThat(result.checks().get(OF_ANOTHER).status()).isEqualTo(CheckStatus.PASSED);
    }

    @Test
    void aCheckoutThatMayNotBeWrittenButForTargetIsJudgedAndTheProgressThatIsLostIsTold() throws Exception {
        needMounts();
        Result result = maven.lab(namespace(
                "mount --bind . . && cd \"$PWD\" && mount --bind target target && mount -o remount,ro,bind .\n"));

        assertThat(result.checks()).as(result.output()).containsKey(OF_ANOTHER);
        assertThat(result.checks().get(OF_ANOTHER).status()).isEqualTo(CheckStatus.PASSED);
        assertThat(result.output()).contains(".brkmap");
    }

    /** Runs what follows in a mount namespace of its own, set up by these commands; $0 is the compiled project. */
    private String[] namespace(String setUp) {
        return new String[] {
            "unshare", "--map-root-user", "--mount", "sh", "-c", setUp + "exec \"$@\"", compiled.toString()
        };
    }

    private static void needMounts() throws Exception {
        assumeTrue(Tool.exists("unshare"), "unshare is not installed");
        assumeTrue(
                Tool.of("unshare", "--map-root-user", "--mount", "mount", "-t", "tmpfs", "none", "/mnt")
                        .run()
                        .succeeded(),
                "a user namespace with mounts of its own cannot be made here");
    }
}
