package org.brkmap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.brkmap.evidence.EvidenceJson;
import org.brkmap.evidence.RunDocument;
import org.brkmap.model.Observation;
import org.brkmap.model.TranscriptLine;
import org.brkmap.toolchain.BuildRequest;
import org.brkmap.toolchain.BuiltProgram;
import org.brkmap.toolchain.CCompiler;
import org.brkmap.toolchain.NeedsGcc;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObserveOptionsTest {
    private final Shell shell = new Shell();

    @TempDir
    private Path directory;

    @Test
    @NeedsGcc
    void jsonOnStandardOutputIsAllThatIsThere() throws IOException {
        assertThat(observed("ls", "/").program().argv()).containsExactly("ls", "/");
    }

    @Test
    @NeedsGcc
    void withoutRandomisationTwoRunsHaveTheSameAddresses() throws IOException {
        Observation one = observed("--aslr", "off", "--", "ls", "/");
        Observation other = observed("--aslr", "off", "--", "ls", "/");
        assertThat(starts(one)).isNotEmpty().isEqualTo(starts(other));
    }

    @Test
    @NeedsGcc
    void theProgramGetsTheVariablesAndTheDirectory() throws IOException {
        Observation seen = observed(
                "--env",
                "BRKMAP_A=x=y",
                "--env",
                "BRKMAP_B=",
                "--directory",
                directory.toString(),
                "--",
                "sh",
                "-c",
                "echo \"$BRKMAP_A,${BRKMAP_B-unset},$(pwd -P)\"");
        assertThat(seen.transcript())
                .extracting(TranscriptLine::text)
                .contains("x=y,," + directory.toRealPath() + "\n");
    }

    @Test
    @NeedsGcc
    void aLimitThatIsReachedIsNamed() throws IOException {
        Observation seen = observed("--limit", "output=2K,time=19s", "--", "yes");
        assertThat(seen.ending().endedBy()).contains("output");
        assertThat(seen.program().limits().outputBytes()).isEqualTo(2048);
        assertThat(seen.program().limits().wallTime()).hasSeconds(19);
    }

    @Test
    @NeedsGcc
    void theSourceOfAProgramThatWasBuiltElsewhereIsShown() throws Exception {
        BuiltProgram program =
                CCompiler.find().build(BuildRequest.of(Path.of("sample-c/alloc_size/alloc_size.c"), directory));
        assertThat(observed("--", program.executable().toString()).program().sources())
                .contains(program.sources().get(0));
    }

    @Test
    @NeedsGcc
    void everyEventIsListedWithItsMaker() {
        assertThat(shell.run("observe", "--every-event", "--", "ls", "/")).isZero();
        assertThat(shell.out())
                .containsPattern("Every memory event: \\d+ system calls")
                .containsPattern("(?m)^#0 brk\\(NULL\\) = 0x")
                .contains("the dynamic")
                .contains("malloc(");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--limit time | say which and how much",
                "--limit time=0s | a time above 0",
                "--limit memory=lots | such as 64K, 512M or 2G",
                "--limit processes=0 | a number from 1",
                "--limit files=3 | There are time, output, memory and processes",
                "--env NOVALUE | a name, =, and a value",
                "--env =x | a name, =, and a value",
                "--directory /no/such/directory | there is no such directory",
                "--aslr maybe | maybe",
                "--json - --every-event | both want standard output",
                "--json - --every-change | both want standard output",
                "--html a/x --json a/x | the same file",
            })
    void whatMakesNoSenseIsRefusedBeforeTheProgramRuns(String options, String complaint) {
        Path witness = directory.resolve("witness");
        String line = "observe " + options + " -- touch " + witness;
        assertThat(shell.run((Object[]) line.split(" "))).as(shell.err()).isEqualTo(2);
        assertThat(shell.err()).contains(complaint);
        assertThat(witness).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"500ms", "3s", "2m", "7"})
    void timesAreUnderstood(String time) {
        assertThat(LimitOption.of(java.util.List.of("time=" + time)).wallTime()).isPositive();
    }

    private Observation observed(String... arguments) throws IOException {
        Object[] words = new Object[arguments.length + 3];
        words[0] = "observe";
        words[1] = "--json";
        words[2] = "-";
        System.arraycopy(arguments, 0, words, 3, arguments.length);
        assertThat(shell.run(words)).as(shell.err()).isZero();
        return ((RunDocument) EvidenceJson.read(shell.out())).observation();
    }

    private static java.util.List<Long> starts(Observation seen) {
        return seen.snapshots().get(0).mappings().stream()
                .map(mapping -> mapping.range().start())
                .toList();
    }
}
