package org.brkmap.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.brkmap.toolchain.NeedsGcc;
import org.brkmap.toolchain.ProjectFiles;
import org.junit.jupiter.api.Test;

/** Lab 4 itself. */
@NeedsGcc
class Lab4Test {
    @Test
    void theStarterTheSolutionAndTheCheatsEarnWhatTheyShould() throws IOException {
        assertThat(LabVerifier.verify(ProjectFiles.find().orElseThrow().root(), "lab4", finding -> {}))
                .hasSizeGreaterThan(2)
                .allSatisfy(finding ->
                        assertThat(finding.wrong()).as(finding.name()).isEmpty())
                .anySatisfy(finding -> assertThat(finding.earned()).isEqualTo(100));
    }
}
