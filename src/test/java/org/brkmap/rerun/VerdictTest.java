package org.brkmap.rerun;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.brkmap.evidence.CheckResult;
import org.brkmap.evidence.CheckStatus;
import org.brkmap.evidence.LabDocument;
import org.brkmap.grade.GradedCheck;
import org.brkmap.grade.Submission;
import org.brkmap.sandbox.Tier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is another each time is no part of a result: results of the same verdicts are the same bytes. */
class VerdictTest {
    private static GradedCheck graded(String job, String expected, String actual) {
        CheckResult check =
                new CheckResult("use-it", "Use it", 5, 0, CheckStatus.FAILED, expected, actual, null, null, "use.c", 3);
        LabDocument found = new LabDocument("lab9", "Lab 9", "brkmap", List.of(), Map.of(), List.of(check), Map.of());
        return new Verdict(
                        "ada",
                        new Submission("ada.zip", "0".repeat(64), null),
                        "lab9",
                        "1",
                        "brkmap",
                        Tier.A,
                        false,
                        Set.of("use-it"),
                        Path.of(job))
                .of(found, new HandedIn("lab9", Map.of(), null, Map.of(), List.of()))
                .checks()
                .get(0);
    }

    @ParameterizedTest
    @CsvSource({
        "a block at 0x7f12345678a0, a block at 0x55d0c0ffee00",
        "no row 7f1234567000-7f1234568000, no row 7ffc00001000-7ffc00022000",
        "SIGSEGV at 0xdeadbeef, SIGSEGV at 0x123456",
        "/tmp/job-1/use.c:3: error, /tmp/job-2/use.c:3: error",
        "/tmp/ccAb12Cd.o: undefined, /tmp/ccZz98Xy.o: undefined",
    })
    void whatIsAnotherEachTimeIsLeftOut(String once, String again) {
        assertThat(graded("/tmp/job-1", once, once)).isEqualTo(graded("/tmp/job-2", again, again));
    }

    @Test
    void whatWasMeasuredStays() {
        GradedCheck check = graded("/tmp/job-1", "it grew by 0x21000", "33 pages, 135168 bytes, of cc123.c");

        assertThat(check.expected()).isEqualTo("it grew by 0x21000");
        assertThat(check.actual()).isEqualTo("33 pages, 135168 bytes, of cc123.c");
    }
}
