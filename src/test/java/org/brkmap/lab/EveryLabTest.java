package org.brkmap.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.brkmap.toolchain.NeedsGcc;
import org.brkmap.toolchain.ProjectFiles;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every folder of labs, so that a new one is tested without being named anywhere. */
@NeedsGcc
class EveryLabTest {
    private static final Path ROOT = ProjectFiles.find().orElseThrow().root();

    static List<String> labs() throws IOException {
        return LabCatalogue.ids(ROOT);
    }

    @ParameterizedTest
    @MethodSource("labs")
    void itsStarterSolutionAndCheatsEarnWhatTheyShould(String lab) throws Exception {
        List<LabVerifier.Finding> findings = LabVerifier.verify(ROOT, lab, finding -> {}, () -> false);

        assertThat(findings).as("a starter, a solution, and a cheat at least").hasSizeGreaterThan(2);
        assertThat(findings)
                .allSatisfy(finding ->
                        assertThat(finding.wrong()).as(finding.name()).isEmpty());
        assertThat(findings.get(0).earned()).as("by observing").isLessThanOrEqualTo(10);
        assertThat(findings.get(1).earned())
                .as("by the solution")
                .isEqualTo(LabCatalogue.lab(ROOT, lab).points());
    }

    @ParameterizedTest
    @MethodSource("labs")
    void itsPointsAreDividedAsInEveryLab(String lab) throws IOException {
        LabInfo info = LabCatalogue.lab(ROOT, lab);

        assertThat(info.points()).isEqualTo(100);
        assertThat(info.exercises().stream()
                        .filter(ExerciseInfo::extra)
                        .mapToInt(ExerciseInfo::points)
                        .sum())
                .as("beyond the core")
                .isEqualTo(20);
        assertThat(info.exercises()).extracting(ExerciseInfo::id).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("labs")
    void itsFilesAreThoseThatStudentsBeginWith(String lab) throws IOException {
        Path folder = ROOT.resolve("labs").resolve(lab);
        List<String> starters = LabStarter.files(ROOT, lab);

        assertThat(starters).contains("answers.properties");
        for (String name : starters) {
            assertThat(folder.resolve(name))
                    .hasSameTextualContentAs(folder.resolve("starter").resolve(name));
        }
    }

    @ParameterizedTest
    @MethodSource("labs")
    void itHasAProfile(String lab) {
        assertThat(ROOT.resolve("pom.xml")).content().contains("<lab.id>" + lab + "</lab.id>");
    }
}
