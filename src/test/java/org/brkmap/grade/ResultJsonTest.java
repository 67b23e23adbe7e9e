package org.brkmap.grade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.brkmap.evidence.CheckStatus;
import org.brkmap.evidence.EvidenceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResultJsonTest {
    @TempDir
    private Path out;

    @ParameterizedTest
    @EnumSource
    void what_was_written_reads_back_equal(Grading grading) throws IOException {
        Result result = Results.full(grading);
        assertThat(ResultJson.read(ResultJson.write(result))).isEqualTo(result);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"notes\":[]|\"notes\":null",
                "\"notes\":[]|\"notes\":[],\"more\":1",
                "\"notes\":[],|",
                "\"grading\":\"CLAIM\"|\"grading\":\"PROOF\"",
                "\"earned\":5|\"earned\":11",
                "\"earned\":5|\"earned\":5.0",
                "\"result/1\"|\"result/2\"",
                "brkmap/result/1|brkmap/result/2",
                "2026-11-20T|2026-11-32T"
            })
    void what_departs_from_the_schema_is_refused(String change) {
        String text = ResultJson.write(Results.of("ada", Results.check("flip", 10, 5, CheckStatus.PASSED)));
        String[] parts = change.split("\\|", -1);
        String changed = text.replace(parts[0], parts[1]);
        if (!changed.equals(text)) {
            assertThatThrownBy(() -> ResultJson.read(changed)).isInstanceOf(EvidenceException.class);
        } else {
            assertThat(parts[0]).isEqualTo("\"result/1\"");
        }
    }

    @Test
    void only_a_rerun_is_signed() {
        Result claim = Results.of("ada");
        assertThatThrownBy(() -> claim.withSignature(new Signature("k", "v")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_result_has_a_file_of_its_own_and_is_done_once_it_is_whole() throws IOException {
        ResultFiles files = ResultFiles.in(out);
        Result ada = Results.of("ada", Results.check("flip", 10, 5, CheckStatus.PASSED));
        Result bob = Results.of("../../bob", Results.check("flip", 10, 0, CheckStatus.FAILED));
        assertThat(files.done(files.file(ada))).isEmpty();
        files.write(ada);
        files.write(bob);
        assertThat(files.file(bob).getParent()).isEqualTo(files.folder());
        assertThat(files.done(files.file(ada))).contains(ada);
        assertThat(files.readAll()).containsExactlyInAnyOrder(ada, bob);
        Files.writeString(files.file(ada), "{\"schema\":");
        assertThat(files.done(files.file(ada))).isEmpty();
        assertThatThrownBy(files::readAll)
                .isInstanceOf(GradeException.class)
                .hasMessageContaining(files.file(ada).toString());
    }

    @Test
    void a_rerun_in_any_tier_is_the_same_unit_and_a_claim_another() {
        ResultFiles files = ResultFiles.in(out);
        List<Path> rerun = List.of(
                files.file(Results.full(Grading.TIER_A)),
                files.file(Results.full(Grading.TIER_B)),
                files.file(Results.full(Grading.TIER_C)));
        assertThat(rerun).containsOnly(rerun.get(0));
        assertThat(files.file(Results.full(Grading.CLAIM))).isNotEqualTo(rerun.get(0));
    }
}
