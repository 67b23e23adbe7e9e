package org.brkmap.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.brkmap.lab.ExerciseInfo;
import org.brkmap.lab.LabCatalogue;
import org.brkmap.lab.LabInfo;
import org.brkmap.libc.StandardInput;
import org.brkmap.toolchain.NeedsGcc;
import org.brkmap.toolchain.ProjectFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lab commands on a copy of lab 2 as students get it. */
class LabCommandTest {
    private static final String LAB = "lab2";

    private final Shell shell = new Shell();

    @TempDir
    private Path project;

    @BeforeEach
    void copyTheLab() throws IOException {
        Path root = ProjectFiles.find().orElseThrow().root();
        for (String folder : List.of("labs/" + LAB, "sample-c")) {
            copy(root.resolve(folder), project.resolve(folder));
        }
        copy(root.resolve("labs/" + LAB + "/starter"), file(""));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path source : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(source).toString());
                Files.createDirectories(target.resolveSibling("."));
                Files.write(target, Files.readAllBytes(source));
            }
        }
    }

    private Path file(String name) {
        return project.resolve("labs").resolve(LAB).resolve(name);
    }

    private int lab(String command, Object... words) {
        Object[] all = new Object[4 + words.length];
        all[0] = "lab";
        all[1] = command;
        all[2] = "--project";
        all[3] = project;
        System.arraycopy(words, 0, all, 4, words.length);
        return shell.run(all);
    }

    private LabInfo info() throws IOException {
        return LabCatalogue.lab(project, LAB);
    }

    @Test
    void allLabsAreRunIntoOneTable() throws IOException {
        assertThat(lab("run", "--all")).as(shell.err() + shell.out()).isZero();
        assertThat(shell.out().lines()).hasSize(3);
        assertThat(shell.out().lines().skip(1).findFirst().orElseThrow())
                .matches(LAB + " +10 of " + info().points() + " +[0-9.]+ s +target/reports/" + LAB
                        + ".html +[0-9]+ passed, .*");
        assertThat(shell.out()).contains("10 of " + info().points()).contains("1 lab\n");
        assertThat(project.resolve("target/reports/" + LAB + ".html")).isRegularFile();
        Files.writeString(file("leak.c"), "int main(void) { return 1; }\n");
        assertThat(lab("run", "--all")).as("exit status when a check failed").isEqualTo(1);
        assertThat(shell.out()).contains(" failed");
    }

    @Test
    void whichLabIsToBeRunIsAsked() {
        assertThat(lab("run")).isEqualTo(2);
        assertThat(shell.err()).contains("--all");
        assertThat(lab("run", LAB, "--all")).isEqualTo(2);
    }

    @Test
    void theListNamesEachLabWithItsPoints() throws IOException {
        assertThat(lab("list")).as(shell.err()).isZero();
        assertThat(shell.out().lines())
                .singleElement()
                .asString()
                .startsWith(LAB)
                .contains(" 0 of " + info().points() + " points")
                .endsWith(info().title());
    }

    @Test
    void aLabWhoseChecksDoNotCompileLeavesTheOthersAsTheyAre() throws IOException {
        Path broken = Files.createDirectories(project.resolve("labs/lab0"));
        Files.writeString(broken.resolve("README.md"), "# Lab 0: broken");
        Files.writeString(broken.resolve("BrokenTest.java"), "package lab0;\nclass BrokenTest { int one = ; }\n");
        assertThat(lab("list")).isEqualTo(1);
        assertThat(shell.err()).contains("lab0 is left out", "BrokenTest.java:2", "illegal start of expression");
        assertThat(shell.out().lines()).singleElement().asString().startsWith(LAB);
        assertThat(lab("status", LAB)).isZero();
    }

    @Test
    void theStatusOfALabNeverRunNamesEveryExercise() throws IOException {
        assertThat(lab("status", LAB)).as(shell.err()).isZero();
        for (ExerciseInfo exercise : info().exercises()) {
            assertThat(shell.out().lines())
                    .anySatisfy(line -> assertThat(line)
                            .startsWith(exercise.id() + " ")
                            .contains(exercise.kind().title(), "0 of " + exercise.points(), "never run"));
        }
        assertThat(shell.out()).contains("Score: 0 of " + info().points() + " points");
    }

    @Test
    void programsGetTheSameAsJson() throws IOException {
        assertThat(lab("list", "--json")).as(shell.err()).isZero();
        JsonObject listed = JsonParser.parseString(shell.out()).getAsJsonObject();
        JsonObject only = listed.getAsJsonArray("labs").get(0).getAsJsonObject();
        assertThat(only.get("lab").getAsString()).isEqualTo(LAB);
        assertThat(only.get("points").getAsInt()).isEqualTo(info().points());
        assertThat(lab("hint", LAB, "grow")).isZero();
        assertThat(lab("status", LAB, "--json")).as(shell.err()).isZero();
        JsonObject status = JsonParser.parseString(shell.out()).getAsJsonObject();
        assertThat(status.get("earned").getAsInt()).isZero();
        assertThat(status.getAsJsonArray("exercises")).hasSameSizeAs(info().exercises());
        for (JsonElement item : status.getAsJsonArray("exercises")) {
            JsonObject exercise = item.getAsJsonObject();
            boolean hinted = exercise.get("exercise").getAsString().equals("grow");
            assertThat(exercise.get("hintsTaken").getAsInt()).isEqualTo(hinted ? 1 : 0);
            assertThat(exercise.get("state").isJsonNull()).isTrue();
        }
        assertThat(lab("open", LAB, "--json")).as(shell.err()).isZero();
        JsonObject places = JsonParser.parseString(shell.out()).getAsJsonObject();
        assertThat(places.get("handout").getAsString())
                .isEqualTo(file("README.md").toString());
        assertThat(places.get("report").isJsonNull()).isTrue();
    }

    @Test
    @NeedsGcc
    void programsGetTheFindingsOfAVerification() throws IOException {
        JsonObject without = verification(1);
        assertThat(without.get("well").getAsBoolean()).isFalse();
        JsonObject starter = finding(without, "starter");
        assertThat(starter.get("well").getAsBoolean()).as(shell.out()).isTrue();
        assertThat(starter.get("earned").getAsInt()).isPositive();
        assertThat(starter.getAsJsonArray("wrong")).isEmpty();
        JsonObject missing = finding(without, "solution");
        assertThat(missing.get("well").getAsBoolean()).isFalse();
        assertThat(missing.get("earned").getAsInt()).isZero();
        assertThat(missing.getAsJsonArray("wrong").get(0).getAsString()).contains("labs/" + LAB + "/solution");

        Path root = ProjectFiles.find().orElseThrow().root();
        copy(root.resolve("src/test/resources/solutions/" + LAB), file("solution"));
        JsonObject with = verification(0);
        assertThat(with.get("well").getAsBoolean()).isTrue();
        assertThat(finding(with, "solution").get("earned").getAsInt()).isEqualTo(info().points());
    }

    /** Standard output is the document alone; who waits is told on the other. */
    private JsonObject verification(int status) {
        assertThat(lab("verify", LAB, "--json")).as(shell.err() + shell.out()).isEqualTo(status);
        assertThat(shell.err()).contains(LAB + " starter: ", LAB + " solution: ");
        JsonObject document = JsonParser.parseString(shell.out()).getAsJsonObject();
        assertThat(document.get("schema").getAsString()).isEqualTo("brkmap/verification/1");
        assertThat(document.getAsJsonArray("findings")).hasSize(2);
        return document;
    }

    private static JsonObject finding(JsonObject document, String copy) {
        for (JsonElement item : document.getAsJsonArray("findings")) {
            JsonObject finding = item.getAsJsonObject();
            if (finding.get("copy").getAsString().equals(copy)) {
                assertThat(finding.get("lab").getAsString()).isEqualTo(LAB);
                return finding;
            }
        }
        throw new AssertionError("there is no finding of " + copy + " in " + document);
    }

    @Test
    @NeedsGcc
    void aWrongAnswerFailsTheRunAndStandsInTheStatus() throws IOException {
        assertThat(lab("run", LAB, "mapped-length")).as(shell.out()).isZero();
        Path sheet = file("answers.properties");
        Files.writeString(
                sheet, Files.readString(sheet).replaceFirst("(?m)^mapped-length =.*$", "mapped-length = 4096"));
        assertThat(lab("run", LAB, "mapped-length")).as(shell.out()).isEqualTo(1);
        assertThat(shell.out()).contains("your answer 4096 is too low");
        assertThat(lab("status", LAB)).isZero();
        assertThat(shell.out()).containsPattern("mapped-length +predict +0 of \\d+ +failed +1 ");
        assertThat(lab("open", LAB)).isZero();
        assertThat(shell.out())
                .contains(
                        file("README.md").toString(),
                        project.resolve("target/reports/" + LAB + ".html").toString());
    }

    @Test
    void hintsComeOneByOneAndAreCounted() throws IOException {
        List<String> hints = info().exercise("grow").orElseThrow().hints();
        for (int i = 0; i < hints.size(); i++) {
            assertThat(lab("hint", LAB, "grow")).as(shell.err()).isZero();
            assertThat(shell.out())
                    .isEqualToIgnoringNewLines("Hint " + (i + 1) + " of " + hints.size() + ": " + hints.get(i) + "\n");
        }
        assertThat(lab("hint", LAB, "grow")).isZero();
        assertThat(shell.out()).contains("All hints for grow are taken").contains(hints);
        assertThat(lab("status", LAB)).isZero();
        assertThat(shell.out()).containsPattern("(?m)^grow .* " + hints.size() + "/" + hints.size() + "$");
    }

    @Test
    void aNameThatIsNoneIsAnsweredWithTheNearest() {
        assertThat(lab("status", "lab22")).isEqualTo(2);
        assertThat(shell.err()).contains("There is no lab \"lab22\"; did you mean \"lab2\"?");
        assertThat(lab("status", "../labs")).isEqualTo(2);
        assertThat(lab("hint", LAB, "grwo")).isEqualTo(2);
        assertThat(shell.err()).contains("has no exercise \"grwo\"; did you mean \"grow\"?");
        assertThat(lab("run", LAB, "zzzzzzzzzzzz")).isEqualTo(2);
        assertThat(shell.err()).contains("it has: ", "mapped-length");
        assertThat(shell.run("lab", "list", "--project", project.resolve("absent")))
                .isEqualTo(2);
        assertThat(shell.run("lab")).isEqualTo(2);
    }

    @Test
    void aResetKeepsTheStudentsFileAndAsksFirst() throws IOException {
        String starter = Files.readString(file("grow.c"));
        assertThat(lab("reset", LAB)).isZero();
        assertThat(shell.out()).contains("Nothing to reset");
        Files.writeString(file("grow.c"), "mine");
        Files.delete(file("trim.c"));
        assertThat(lab("reset", "--yes", LAB, "grow.c", "gorw.c")).isEqualTo(2);
        assertThat(file("grow.c")).hasContent("mine");
        assertThat(lab("reset", "--yes", LAB)).as(shell.err()).isZero();
        assertThat(shell.out()).contains("yours is kept as labs/lab2/grow.c.1", "labs/lab2/trim.c is as it was");
        assertThat(file("grow.c")).hasContent(starter);
        assertThat(file("grow.c.1")).hasContent("mine");
        assertThat(file("trim.c")).exists();
    }

    @Test
    void whereNobodyCanBeAskedAResetWantsToBeMeant() throws IOException {
        assumeThat(StandardInput.isTerminal()).isFalse();
        Files.writeString(file("grow.c"), "mine");
        assertThat(lab("reset", LAB, "grow.c")).isEqualTo(2);
        assertThat(shell.err()).contains("This would replace grow.c", "add --yes");
        assertThat(file("grow.c")).hasContent("mine");
        assertThat(file("grow.c.1")).doesNotExist();
    }

    @Test
    void resetBringsBackWhatIsMissingWithoutAskingForNothingIsLost() throws IOException {
        Files.delete(file("grow.c"));
        assertThat(lab("reset", LAB, "grow.c")).as(shell.err()).isZero();
        assertThat(shell.out()).contains("grow.c is as it was at the beginning").doesNotContain("yours is kept");
        assertThat(file("grow.c")).exists();
    }

    @Test
    @NeedsGcc
    void aVerificationWithoutASolutionFails() {
        assertThat(lab("verify", LAB)).as(shell.out()).isEqualTo(1);
        assertThat(shell.out()).contains("lab2 starter: well", "lab2 solution: WRONG", "there is no folder");
    }
}
