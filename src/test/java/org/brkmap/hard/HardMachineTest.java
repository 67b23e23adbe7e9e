package org.brkmap.hard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.brkmap.evidence.CheckStatus;
import org.brkmap.hard.Checkout.Run;
import org.brkmap.toolchain.NeedsGcc;
import org.brkmap.toolchain.ProjectFiles;
import org.brkmap.toolchain.Tool;
import org.brkmap.toolchain.ToolResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Labs as a whole, in a JVM of their own, on machines that are set up as nobody's own is. The project is a copy whose path holds
 * what paths may hold.
 */
@NeedsGcc
@Tag("slow")
class HardMachineTest {
    private static final List<String> NOBODY =
            List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--no-new-privs");

    @TempDir
    Path scratch;

    private Checkout checkout;

    @BeforeEach
    void copyTheProject() throws IOException {
        checkout = Checkout.copy(scratch, "it's a \"lab\" & more");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "setsid -w env LC_ALL=C TERM=dumb GLIBC_TUNABLES=glibc.malloc.mmap_threshold=4096 MALLOC_ARENA_MAX=1",
                "prlimit --stack=unlimited:unlimited env -u TERM -u LANG -u LC_ALL -u HOME -u USER",
                "prlimit --nofile=64:64 setarch -R",
                "prlimit --as=8589934592:8589934592 --data=4294967296:4294967296 --core=0 setarch -L",
                "env TMPDIR=/nonexistent TMP=/nonexistent TEMP=/nonexistent HOME=/nonexistent"
            })
    void everyCheckOfTheLabPasses(String prefix) throws Exception {
        String tool = prefix.split(" ")[0];
        assumeTrue(Tool.exists(tool), tool + " is not installed");
        checkout.run(List.of(prefix.split(" ")), "-Xmx256m").assertEveryCheckPassed();
    }

    @Test
    void everyCheckPassesWithStandardInputClosed() throws Exception {
        checkout.run(List.of("sh", "-c", "exec \"$@\" <&-", "sh")).assertEveryCheckPassed();
    }

    @Test
    void everyCheckPassesWithAnEnvironmentAlmostAsLargeAsThereMayBe() throws Exception {
        Path python = python();
        // A string holds 128 KiB at most, and all of them a quarter of the stack's limit; gcc passes on more than it
        // got.
        String fill = "import os,resource,sys\n"
                + "most = min(resource.getrlimit(resource.RLIMIT_STACK)[0] // 4, 6 << 20)\n"
                + "room = most - sum(len(k) + len(v) + 10 for k, v in os.environb.items()) - 200000\n"
                + "for i in range(room // 100100): os.environ['FILL%d' % i] = 'x' * 100000\n"
                + "os.execvp(sys.argv[1], sys.argv[1:])";
        checkout.run(List.of(python.toString(), "-c", fill)).assertEveryCheckPassed();
    }

    @Test
    void everyCheckPassesWithoutTransparentHugePages() throws Exception {
        Path python = python();
        String without = "import ctypes,os,sys\n"
                + "if ctypes.CDLL(None).prctl(41, 1, 0, 0, 0) != 0: sys.exit('PR_SET_THP_DISABLE failed')\n"
                + "os.execvp(sys.argv[1], sys.argv[1:])";
        checkout.run(List.of(python.toString(), "-c", without)).assertEveryCheckPassed();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"tr_TR, UTF-8", "de_DE, ISO-8859-1", "ja_JP, EUC-JP"})
    void everyCheckPassesInOtherLocales(String name, String charset) throws Exception {
        assumeTrue(Tool.exists("localedef"), "localedef is not installed");
        Path locales = Files.createDirectories(scratch.resolve("locales"));
        String locale = name + "." + charset;
        ToolResult made = Tool.of(
                        "localedef",
                        "-i",
                        name,
                        "-f",
                        charset,
                        locales.resolve(locale).toString())
                .run();
        assumeTrue(made.succeeded(), "localedef cannot make " + locale + ": " + made.stderr());

        checkout.run(List.of("env", "LOCPATH=" + locales, "LC_ALL=" + locale)).assertEveryCheckPassed();
    }

    @Test
    void everyCheckPassesWhereTheJvmTakesLettersAsInTurkish() throws Exception {
        checkout.run(List.of(), "-Duser.language=tr", "-Duser.country=TR").assertEveryCheckPassed();
    }

    @Test
    void everyCheckPassesInAHomeWhoseNameHasBlanksAndLettersThatAreNotAscii() throws Exception {
        Run run = inFolderBeyondAscii("LC_ALL=C.UTF-8");

        assertThat(run.output()).contains(" passed, ").doesNotContain(" failed");
        assertThat(run.exit()).as(run.output()).isZero();
    }

    @Test
    void aLocaleThatCannotNameTheCheckoutIsNamed() throws Exception {
        Run run = inFolderBeyondAscii("LC_ALL=C");

        assertThat(run.exit()).as(run.output()).isNotZero();
        assertThat(run.output()).contains("LC_ALL=C.UTF-8").doesNotContain("\tat org.brkmap");
    }

    /** This JVM's own locale may not be able to name the folder, so a shell does. */
    private Run inFolderBeyondAscii(String variable) throws Exception {
        String script = """
                cd "$(dirname "$0")"
                new=$(printf 'H\\303\\266rsaal \\346\\227\\245')
                mkdir -p "$new" && cp -r "$0" "$new/brkmap" && cd "$new/brkmap" || exit 9
                n=$#
                while [ $n -gt 0 ]; do
                    case $1 in
                        -Dbrkmap.home=*) set -- "$@" -Duser.home="$PWD" ;;
                        *) set -- "$@" "$1" ;;
                    esac
                    shift
                    n=$((n - 1))
                done
                exec env HOME="$PWD" "$@"
                """;
        Path output = scratch.resolve("output");
        Process process = checkout.start(
                "lab2", List.of("sh", "-c", script, checkout.project().toString(), "env", variable), output);
        boolean ended = process.waitFor(3, java.util.concurrent.TimeUnit.MINUTES);
        process.destroyForcibly().waitFor();
        String said = Files.readString(output, StandardCharsets.ISO_8859_1);
        assertThat(ended).as(said).isTrue();
        return new Run(process.exitValue(), said, java.util.Map.of());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"lab1", "lab2", "lab3", "lab8"})
    void aLabUnderMuslPassesOrSaysWhatItCannotCheck(String lab) throws Exception {
        assumeTrue(Tool.exists("musl-gcc"), "musl-gcc is not installed");
        Run run = checkout.run(lab, List.of("env", "BRKMAP_CC=musl-gcc"));

        assertThat(run.exit()).as(run.output()).isZero();
        assertThat(run.checks().values())
                .as(run.output())
                .contains(CheckStatus.PASSED, CheckStatus.NOT_CHECKED)
                .doesNotContain(CheckStatus.FAILED);
        assertThat(run.output()).contains("here is musl");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"lab1", "lab2", "lab3", "lab8"})
    void everyCheckPassesWithClang(String lab) throws Exception {
        assumeTrue(Tool.exists("clang"), "clang is not installed");
        Run run = checkout.run(lab, List.of("env", "BRKMAP_CC=clang"));

        assertThat(run.exit()).as(run.output()).isZero();
        assertThat(run.checks().values()).as(run.output()).doesNotContain(CheckStatus.FAILED);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"libjemalloc.so.2", "libmimalloc.so.2", "libtcmalloc_minimal.so.4"})
    void everyCheckPassesWithAnotherAllocatorInTheShell(String library) throws Exception {
        Path allocator = Hard.library(library);
        checkout.run(List.of("env", "LD_PRELOAD=" + allocator)).assertEveryCheckPassed();
    }

    @Test
    void everyCheckPassesWithoutPrivilege() throws Exception {
        needOtherUser();
        checkout.openToAll();
        List<String> nobody = new ArrayList<>(NOBODY);
        nobody.addAll(List.of("env", "HOME=/nonexistent"));
        checkout.run(nobody).assertEveryCheckPassed();
    }

    @Test
    void everyCheckPassesWithNowhereToWriteButTheCheckout() throws Exception {
        needOtherUser();
        checkout.openToAll();
        List<String> nobody = new ArrayList<>(NOBODY);
        nobody.addAll(List.of("env", "HOME=/nonexistent", "TMPDIR=/nonexistent"));
        checkout.run(nobody, "-Djava.io.tmpdir=/nonexistent", "-Duser.home=/nonexistent")
                .assertEveryCheckPassed();
    }

    @Test
    void everyCheckPassesWithoutAnyPlaceForTemporaryFiles() throws Exception {
        assumeTrue(
                Tool.exists("unshare")
                        && Tool.of("unshare", "--map-root-user", "--mount", "mount", "-t", "tmpfs", "none", "/mnt")
                                .run()
                                .succeeded(),
                "a user namespace with mounts of its own cannot be made here");
        assumeFalse(
                ProjectFiles.find().orElseThrow().root().startsWith("/tmp"),
                "the checkout is below /tmp, which would be covered, and its classes with it");
        String script = """
                mount --bind "$0" /mnt && mount -t tmpfs -o ro none /var/tmp && mount -t tmpfs -o ro none /dev/shm || exit 9
                mount -t tmpfs -o ro none /tmp && cd /mnt || exit 9
                n=$#
                while [ $n -gt 0 ]; do
                    case $1 in
                        -Dbrkmap.home=*) set -- "$@" -Dbrkmap.home=/mnt ;;
                        *) set -- "$@" "$1" ;;
                    esac
                    shift
                    n=$((n - 1))
                done
                exec "$@"
                """;
        checkout.run(
                        List.of(
                                "unshare",
                                "--map-root-user",
                                "--mount",
                                "sh",
                                "-c",
                                script,
                                checkout.project().toString()),
                        "-Duser.home=/nonexistent",
                        "-XX:-UsePerfData")
                .assertEveryCheckPassed();
    }

    @Test
    void inACheckoutThatMayNotBeWrittenTheLabSaysWhatToDoAndFails() throws Exception {
        needOtherUser();
        checkout.openToAll();
        Files.setPosixFilePermissions(checkout.project(), PosixFilePermissions.fromString("r-xr-xr-x"));
        Run run = checkout.run(NOBODY);

        assertThat(run.exit()).isNotZero();
        assertThat(run.output())
                .contains("cannot write")
                .contains(checkout.project().resolve("target").toString())
                .doesNotContain("\tat org.");
    }

    @Test
    void twoAtOnceInOneCheckoutBothPass() throws Exception {
        Process one = checkout.start("lab2", List.of(), scratch.resolve("one"));
        Process other = checkout.start("lab2", List.of(), scratch.resolve("other"));
        Run first = checkout.end("lab2", one, scratch.resolve("one"));
        checkout.end("lab2", other, scratch.resolve("other")).assertEveryCheckPassed();
        first.assertEveryCheckPassed();
        assertThat(checkout.halfMade()).isEmpty();
    }

    @Test
    void whatAKilledHarnessLeavesBehindIsNeverUsed() throws Exception {
        Process killed = checkout.start("lab2", List.of(), scratch.resolve("killed"));
        // The compiler begins as soon as the temporary directory is there.
        while (killed.isAlive() && checkout.halfMade().isEmpty()) {
            Thread.onSpinWait();
        }
        killed.destroyForcibly().waitFor();

        checkout.run(List.of()).assertEveryCheckPassed();
    }

    private static void needOtherUser() {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can become somebody else");
        assumeTrue(Tool.exists("setpriv"), "setpriv is not installed");
    }

    private static Path python() throws Exception {
        assumeTrue(Tool.exists("python3"), "python3 is not installed");
        return Path.of(Tool.of("python3", "-c", "import sys; print(sys.executable)")
                .run()
                .stdout()
                .strip());
    }
}
