package org.brkmap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.brkmap.evidence.EvidenceJson;
import org.brkmap.evidence.RunDocument;
import org.brkmap.model.TranscriptLine;
import org.brkmap.toolchain.NeedsGcc;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class BrkmapTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    @Test
    void helpNamesEveryCommandAndWhatToTry() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("observe", "doctor", "bench", "Exit status", "mvn test -Plab2");
    }

    @Test
    void theHelpOfEachCommandHasExamplesAndSaysWhatItsExitStatusMeans() {
        assertThat(Commands.all()).hasSizeGreaterThan(15).allSatisfy(command -> {
            assertThat(command.usageMessage().description())
                    .as(command.qualifiedName())
                    .isNotEmpty();
            assertThat(command.usageMessage().exitCodeList())
                    .as(command.qualifiedName())
                    .containsKeys("0", "2");
            assertThat(String.join("\n", command.usageMessage().footer()))
                    .as("examples of " + command.qualifiedName())
                    .contains("./" + command.qualifiedName());
        });
    }

    @Test
    void helpIsPrintedForEachCommandAndNothingIsLeftUnreplaced() {
        for (CommandSpec command : Commands.all()) {
            out.getBuffer().setLength(0);
            String[] words = (Commands.words(command) + " --help").split(" ");
            assertThat(run(words)).as(command.qualifiedName()).isZero();
            assertThat(out.toString())
                    .as(command.qualifiedName())
                    .startsWith("Usage: " + command.qualifiedName())
                    .contains("Exit status:", "Try:")
                    .doesNotContain("${", "%n", "@|", "$$$");
        }
    }

    @Test
    void theCommandsThatPrintFactsPrintThemAsJsonToo() {
        List<String> without = List.of(
                "lab",
                "lab run",
                "lab watch",
                "lab hint",
                "lab reset",
                "handout",
                "grade",
                "bench",
                "completion",
                "man");
        assertThat(Commands.all())
                .filteredOn(command -> !without.contains(Commands.words(command)))
                .allSatisfy(command -> assertThat(command.findOption("--json"))
                        .as(command.qualifiedName())
                        .isNotNull());
    }

    @Test
    void theVersionIsTheBuilds() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString())
                .containsPattern("brkmap \\d+\\.\\d+")
                .containsPattern("revision ([0-9a-f]{12}|n/a: not run from a git checkout)")
                .doesNotContain("${");
        String text = out.toString();
        out.getBuffer().setLength(0);
        assertThat(run("version")).isZero();
        assertThat(out.toString()).isEqualTo(text);
        out.getBuffer().setLength(0);
        assertThat(run("version", "--json")).isZero();
        JsonObject facts = JsonParser.parseString(out.toString()).getAsJsonObject();
        assertThat(text).startsWith("brkmap " + facts.get("version").getAsString());
        assertThat(facts.get("java").getAsString()).isEqualTo(System.getProperty("java.version"));
        assertThat(facts.has("revision")).isTrue();
    }

    @Test
    void noCommandIsAMistakeOfUsage() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).startsWith("brkmap: No command was named.").contains("Usage: brkmap");
    }

    @Test
    void aCommandThatIsNotIsNamedBesideThoseThatAre() {
        assertThat(run("snapshto", "1")).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("brkmap: there is no command \"snapshto\". The commands are observe, doctor, snapshot, ")
                .contains("Did you mean: brkmap snapshot", "./brkmap --help");
        err.getBuffer().setLength(0);
        assertThat(run("lab", "lst")).isEqualTo(2);
        assertThat(err.toString()).startsWith("brkmap: there is no command \"lst\". The commands are list, ");
    }

    @Test
    void optionsThatExcludeEachOtherAreNamed() {
        assertThat(run("snapshot", "--csv", "--json", "1")).isEqualTo(2);
        assertThat(err.toString()).startsWith("brkmap: --csv, --json are mutually exclusive");
    }

    @Test
    void aMistakeIsToldFirstAndTheWholeHelpDoesNotHideIt() {
        assertThat(run("observe", "--asrl", "off", "--", "ls")).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("brkmap: Unknown option")
                .contains("--asrl", "--aslr", "Usage: brkmap observe", "./brkmap observe --help");
        assertThat(err.toString().lines().count()).isLessThan(10);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aMisspeltCommandGetsTheNearest() {
        assertThat(run("obsreve")).isEqualTo(2);
        assertThat(err.toString()).contains("observe");
    }

    @Test
    void observeWithoutAProgramIsAMistakeOfUsage() {
        assertThat(run("observe")).isEqualTo(2);
        assertThat(err.toString()).contains("PROGRAM");
    }

    @Test
    @NeedsGcc
    void aProgramThatIsNotThereIsNamed() {
        assertThat(run("observe", "--", "brkmap-has-no-such-program")).isEqualTo(1);
        assertThat(err.toString()).contains("there is no program brkmap-has-no-such-program on PATH");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    @NeedsGcc
    void whatAProgramDidIsToldAndWritten() throws IOException {
        Path html = directory.resolve("ls.html");
        Path json = directory.resolve("ls.json");
        assertThat(run("observe", "--html", html.toString(), "--json", json.toString(), "--", "ls", "/"))
                .isZero();
        assertThat(out.toString())
                .contains("ls", "Address space")
                .contains(html.toUri().toString());
        assertThat(out.toString()).as("no colour where no terminal is").doesNotContain("\u001b");
        assertThat(html).content().startsWith("<!doctype html>");
        RunDocument run = (RunDocument) EvidenceJson.read(Files.readString(json));
        assertThat(run.observation().program().argv()).containsExactly("ls", "/");
    }

    @Test
    @NeedsGcc
    void theGivenLinesAreTyped() throws IOException {
        Path json = directory.resolve("cat.json");
        assertThat(run("observe", "--stdin", "first\nsecond", "--json", json.toString(), "--", "cat"))
                .isZero();
        RunDocument run = (RunDocument) EvidenceJson.read(Files.readString(json));
        assertThat(run.observation().transcript())
                .filteredOn(line -> line.direction() == TranscriptLine.Direction.OUT)
                .extracting(TranscriptLine::text)
                .containsExactly("first\n", "second\n");
    }

    @Test
    @NeedsGcc
    void withoutTheProbeNoCauseIsClaimed() throws IOException {
        Path json = directory.resolve("ls.json");
        assertThat(run("observe", "--no-probe", "--json", json.toString(), "--", "ls", "/"))
                .isZero();
        RunDocument run = (RunDocument) EvidenceJson.read(Files.readString(json));
        assertThat(run.observation().events())
                .isNotEmpty()
                .allSatisfy(event -> assertThat(event.cause()).isNull());
    }

    @Test
    void anOutputThatCannotBeWrittenIsSaidBeforeTheProgramRuns() throws IOException {
        Path witness = directory.resolve("witness");
        assertThat(run("observe", "--html", directory.toString(), "--", "touch", witness.toString()))
                .isEqualTo(1);
        assertThat(run("observe", "--json", directory + "/no/such/file", "--", "touch", witness.toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("it is a directory", "there is no directory");
        assertThat(witness).doesNotExist();
    }

    @Test
    @NeedsGcc
    void theDoctorSaysWhatWorksHere() {
        int status = run("doctor");
        assertThat(out.toString())
                .contains(
                        "gcc",
                        "ptrace",
                        "malloc probe",
                        "smaps",
                        "PROCMAP_QUERY",
                        "Yama",
                        "ASLR",
                        "RLIMIT_STACK",
                        "gdb");
        assertThat(out.toString())
                .contains(status == 0 ? "The labs can run here." : "for want of")
                .doesNotContain("ESC");
    }

    @Test
    @NeedsGcc
    void theDoctorTellsProgramsToo() {
        int status = run("doctor", "--json");
        JsonObject facts = JsonParser.parseString(out.toString()).getAsJsonObject();
        assertThat(facts.get("labsCanRun").getAsBoolean()).isEqualTo(status == 0);
        assertThat(facts.getAsJsonArray("findings")).hasSizeGreaterThan(15).allSatisfy(item -> {
            JsonObject finding = item.getAsJsonObject();
            boolean ok = finding.get("status").getAsString().equals("ok");
            assertThat(finding.get("lost").isJsonNull()).as(finding.toString()).isEqualTo(ok);
            assertThat(finding.get("remedy").isJsonNull())
                    .as(finding.toString())
                    .isEqualTo(ok);
        });
    }

    private int run(String... arguments) {
        CommandLine line = Brkmap.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        int status = line.execute(arguments);
        line.getOut().flush();
        line.getErr().flush();
        return status;
    }
}
