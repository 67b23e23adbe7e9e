package org.brkmap.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.brkmap.lab.LabVerifier.Finding;
import org.brkmap.toolchain.NeedsGcc;
import org.brkmap.toolchain.ProjectFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That a lab which does not hold what it should is told so. */
@NeedsGcc
class LabVerifierTest {
    private static final String LAB = "lab1";

    private final Path root = ProjectFiles.find().orElseThrow().root();

    @TempDir
    Path copy;

    private Path lab() {
        return copy.resolve("labs").resolve(LAB);
    }

    private void cheat(String name, String fakes) throws IOException {
        Path folder = Files.createDirectories(lab().resolve("cheats").resolve(name));
        Files.writeString(folder.resolve("fakes.txt"), fakes);
        Files.copy(
                LabProofs.solution(root, LAB).orElseThrow().resolve("answers.properties"),
                folder.resolve("answers.properties"));
    }

    @Test
    void saysWhatEarnsWhatItShouldNot() throws Exception {
        LabVerifier.copyLab(root, LAB, copy);
        List<ExerciseInfo> exercises = LabCatalogue.lab(root, LAB).exercises();
        ExerciseInfo last = exercises.stream()
                .filter(exercise -> !exercise.after().isEmpty())
                .findFirst()
                .orElseThrow();
        cheat("earns", last.id() + "\n");
        cheat("fakes-nothing", "\n");
        cheat("misspelt", "no-such-exercise\n");
        Files.createDirectories(lab().resolve("cheats").resolve("unnamed"));
        Files.copy(
                LabProofs.solution(root, LAB).orElseThrow().resolve("answers.properties"),
                lab().resolve("starter/answers.properties"),
                StandardCopyOption.REPLACE_EXISTING);

        Map<String, Finding> findings = LabVerifier.verify(copy, LAB, finding -> {}, () -> false).stream()
                .collect(Collectors.toMap(Finding::name, Function.identity()));

        assertThat(findings.get("cheat earns").wrong())
                .containsExactly(last.id() + " earns " + last.points() + " points, and is passed");
        assertThat(findings.get("cheat earns").earned()).isEqualTo(last.points());
        assertThat(findings.get("cheat fakes-nothing").wrong())
                .singleElement()
                .asString()
                .contains("should name exercises of " + LAB);
        assertThat(findings.get("cheat misspelt").wrong()).contains("there is no exercise no-such-exercise");
        assertThat(findings.get("cheat unnamed").wrong())
                .singleElement()
                .asString()
                .contains("fakes.txt");
        assertThat(findings.get("solution").wrong()).singleElement().asString().contains("there is no folder");
        assertThat(findings.get("starter").isWell()).isFalse();
    }
}
