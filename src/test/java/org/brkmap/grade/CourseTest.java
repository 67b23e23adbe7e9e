package org.brkmap.grade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CourseTest {
    @TempDir
    private Path folder;

    private Course read(String... lines) throws IOException {
        return Course.read(Files.writeString(folder.resolve("course.properties"), String.join("\n", lines)));
    }

    @Test
    void every_rule_is_read() throws IOException {
        Course course = read(
                "# rules",
                "course = Operating systems",
                "attempts = best",
                "late.grace = 15 minutes",
                "late.per-day = 10",
                "late.most = 50",
                "late.accept = 7 days",
                "lab2.weight = 2.5",
                "lab2.max = 20",
                "lab2.deadline = 2026-11-21T23:59:00+01:00",
                "lab2.version = 0123456789ab",
                "lab2.partial = no",
                "lab2.hidden = hidden/lab2",
                "lab2.column = Lab 2 (12345)",
                "lab2.points.flip = 12",
                "lab2.extension.ada@x.org = 2026-11-28T23:59:00Z; ill",
                "lab2.override.ada@x.org = 17.5; oral examination; see the minutes",
                "lab2.override.bob/flip = 3; the sheet was wrong");
        LabRules lab = course.lab("lab2");
        assertThat(course.title()).isEqualTo("Operating systems");
        assertThat(course.attempts()).isEqualTo(Course.Attempts.BEST);
        assertThat(lab.weight()).isEqualByComparingTo("2.5");
        assertThat(lab.partial()).isFalse();
        assertThat(lab.deadline("bob")).isEqualTo(Instant.parse("2026-11-21T22:59:00Z"));
        assertThat(lab.deadline("ada@x.org")).isEqualTo(Instant.parse("2026-11-28T23:59:00Z"));
        assertThat(lab.overrides())
                .containsEntry(
                        "ada@x.org", new LabRules.ByHand(new BigDecimal("17.5"), "oral examination; see the minutes"))
                .containsEntry("bob/flip", new LabRules.ByHand(new BigDecimal("3"), "the sheet was wrong"));
        assertThat(course.lab("lab3")).isEqualTo(LabRules.NONE);
    }

    @ParameterizedTest
    @CsvSource({"0,100", "15,100", "16,90", "1455,90", "1456,80", "9000,50", "10080,50", "10081,0"})
    void being_late_costs_for_each_day_begun_after_the_grace(long minutes, int kept) throws IOException {
        LatePolicy late = read("late.grace = 15 minutes", "late.per-day = 10", "late.most = 50", "late.accept = 7 days")
                .late();
        assertThat(late.kept(Duration.ofMinutes(minutes))).isEqualByComparingTo(BigDecimal.valueOf(kept));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lab2.wieght = 1|unknown key",
                "deadline = 2026-11-21T23:59:00Z|unknown key",
                "lab2.deadline = tomorrow|time with its zone's offset",
                "lab2.deadline = 2026-11-21T23:59:00|time with its zone's offset",
                "lab2.weight = -1|it is a number",
                "lab2.weight = 1e999999999|it is a number",
                "late.per-day = 101|percent",
                "late.grace = a while|length",
                "lab2.override.ada = 5|has no reason",
                "lab2.partial = maybe|yes or no",
                "attempts = all|latest, best or first",
                "course|not of the form key = value"
            })
    void what_is_not_understood_is_told_with_its_line(String line, String said) {
        assertThatThrownBy(() -> read("# one", line))
                .isInstanceOf(GradeException.class)
                .hasMessageContaining("course.properties:2: ")
                .hasMessageContaining(said);
    }

    @Test
    void a_key_that_stands_twice_is_refused() {
        assertThatThrownBy(() -> read("lab2.max = 1", "lab2.max = 2"))
                .hasMessageContaining(":2: lab2.max stands there twice, first in line 1");
    }
}
