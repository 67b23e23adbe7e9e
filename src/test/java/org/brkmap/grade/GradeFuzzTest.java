package org.brkmap.grade;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.brkmap.evidence.EvidenceJson;
import org.brkmap.evidence.LabDocument;
import org.brkmap.fuzz.Fuzz;
import org.brkmap.report.HtmlReport;
import org.jsoup.Jsoup;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Reports, rosters, rules, times and results that others wrote: graded, or refused by name; never half of it. */
@Tag("fuzz")
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class GradeFuzzTest {
    private static final String ROSTER =
            "id,name,email,github\r\nada,\"Lovelace, Ada\",ada@x.org,ada-l\r\nbob,Bob,bob@x.org,\r\n";
    private static final String RULES = """
            course = Memory
            attempts = best
            late.grace = 15 minutes
            late.per-day = 10
            late.most = 50
            late.accept = 7 days
            lab9.weight = 2.5
            lab9.deadline = 2026-11-21T23:59:00+01:00
            lab9.points.who = 3
            lab9.extension.ada = 2026-11-28T23:59:00+01:00; ill
            lab9.override.bob = 12; by word of mouth
            lab9.override.ada/who = 2; argued well
            """;
    private static final String TIMES =
            "id,submitted\r\nada,2026-11-21T12:00:00+01:00\r\nbob,2026-11-21 12:00:00 +0100\r\n";

    @TempDir
    private static Path project;

    private static SmallLab lab;
    private static LabDocument right;
    private static String page;

    @TempDir
    private Path folder;

    @BeforeAll
    static void doTheLab() throws IOException {
        lab = SmallLab.in(project.resolve("project"));
        right = lab.done(7, "4 << 20", "LENGTH", "b");
        page = HtmlReport.render(right);
    }

    private interface Reader<T> {
        T read(Path file) throws IOException;
    }

    @Test
    void reports_whose_text_was_changed() throws Exception {
        List<byte[]> reports = new ArrayList<>();
        Fuzz.each(0.5, fuzz -> reports.add(fuzz.text(page).getBytes(StandardCharsets.UTF_8)));
        Fuzz.each(0.2, fuzz -> reports.add(fuzz.bytes(page.getBytes(StandardCharsets.UTF_8))));
        grade(reports);
    }

    @Test
    void reports_whose_evidence_was_changed_and_sealed_again() throws Exception {
        JsonElement tree = JsonParser.parseString(EvidenceJson.write(right));
        List<byte[]> reports = new ArrayList<>();
        Fuzz.each(1, fuzz -> reports.add(sealed(fuzz.json(tree).toString()).getBytes(StandardCharsets.UTF_8)));
        grade(reports);
    }

    /** A page as brkmap makes it, as far as a grader reads it. */
    private static String sealed(String json) throws Exception {
        String text = json.replace("<", "\\u003c");
        String hash = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        return "<!DOCTYPE html><script type=\"application/json\" id=\"evidence\" data-sha256=\"" + hash + "\">" + text
                + "</script>";
    }

    /** Each gets a result; all of them make a gradebook; and it is made again from what was written. */
    private void grade(List<byte[]> reports) throws Exception {
        Path in = Files.createDirectories(folder.resolve("in"));
        for (int i = 0; i < reports.size(); i++) {
            Files.write(in.resolve("s" + i + ".html"), reports.get(i));
        }
        Path out = folder.resolve("out");
        Roster roster = Roster.read(Files.writeString(folder.resolve("roster.csv"), ROSTER));
        ReportGrader grader = ReportGrader.of(lab.root(), null, Set.of());
        Set<Path> written = ReportBatch.of(grader, in, roster, Map.of(), ResultFiles.in(out))
                .run(2, done -> {});
        List<Result> results = ResultFiles.in(out).readAll();

        assertThat(written).hasSize(reports.size());
        assertThat(results).hasSize(reports.size());
        assertThat(results).allSatisfy(result -> {
            assertThat(result.score().earned())
                    .isBetween(BigDecimal.ZERO.intValue(), result.score().max());
            assertThat(result.flags())
                    .allSatisfy(flag -> assertThat(flag.reason()).isNotBlank());
        });
        GradebookFiles.in(out).write(Gradebook.fold(results, roster, Course.NONE));
        try (Stream<Path> files = Files.walk(out)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(file.getFileName().toString()).doesNotStartWith(".").doesNotEndWith(".tmp");
                if (file.toString().endsWith(".html")) {
                    assertThat(Jsoup.parse(Files.readString(file)).select("script"))
                            .as(file.toString())
                            .noneMatch(script -> script.data().contains("alert("));
                }
            }
        }
    }

    @Test
    void rosters_of_another_kind() {
        Fuzz.each(5, fuzz -> {
            Roster roster = read("roster.csv", fuzz.text(ROSTER), Roster::read);
            if (roster != null) {
                for (int i = 0; i < 20; i++) {
                    roster.owner(fuzz.text("ada/lab9-bob.html"));
                    roster.named(fuzz.piece());
                }
                String csv = CsvText.write(List.of(
                        List.of("id"),
                        roster.students().stream().map(Student::id).toList()));
                assertThat(csv.lines()).noneMatch(line -> line.startsWith("=") || line.startsWith("@"));
            }
        });
        Fuzz.each(
                2, fuzz -> readBytes("roster.csv", fuzz.bytes(ROSTER.getBytes(StandardCharsets.UTF_8)), Roster::read));
    }

    @Test
    void rules_of_another_kind() {
        Fuzz.each(5, fuzz -> {
            Course course = read("course.properties", fuzz.text(RULES), Course::read);
            if (course != null) {
                Roster roster = Roster.read(Files.writeString(folder.resolve("roster.csv"), ROSTER));
                Gradebook.fold(List.of(Results.full(Grading.CLAIM)), roster, course);
            }
        });
        Fuzz.each(
                2,
                fuzz -> readBytes(
                        "course.properties", fuzz.bytes(RULES.getBytes(StandardCharsets.UTF_8)), Course::read));
    }

    @Test
    void times_of_another_kind() throws IOException {
        Roster roster = Roster.read(Files.writeString(folder.resolve("roster.csv"), ROSTER));
        Fuzz.each(5, fuzz -> read("times.csv", fuzz.text(TIMES), file -> SubmissionTimes.read(file, roster)));
    }

    @Test
    void results_of_another_kind() {
        String written = ResultJson.write(Results.full(Grading.TIER_A));
        JsonElement tree = JsonParser.parseString(written);
        Fuzz.each(5, fuzz -> {
            String text =
                    fuzz.below(2) == 0 ? fuzz.text(written) : fuzz.json(tree).toString();
            Result result = read(
                    "results/r.json",
                    text,
                    file -> ResultFiles.in(folder).readAll().get(0));
            if (result != null) {
                assertThat(ResultJson.read(ResultJson.write(result))).isEqualTo(result);
            }
        });
    }

    private <T> @Nullable T read(String name, String text, Reader<T> reader) throws IOException {
        return readBytes(name, text.getBytes(StandardCharsets.UTF_8), reader);
    }

    /** What is read; null if it was refused, by name. */
    private <T> @Nullable T readBytes(String name, byte[] bytes, Reader<T> reader) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
        try {
            return reader.read(file);
        } catch (GradeException refused) {
            assertThat(refused.getMessage()).contains(file.getFileName().toString());
            return null;
        }
    }
}
