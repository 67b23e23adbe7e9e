package org.brkmap.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.brkmap.grade.Gradebook;
import org.brkmap.grade.Roster;
import org.brkmap.grade.Student.Column;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads tables back with a strict reader, and holds them against the rules of who imports them. */
class TablesTest {
    @TempDir
    private Path folder;

    private SmallClass small;

    @BeforeEach
    void small() {
        small = new SmallClass(folder);
    }

    private Export export(Format format, ExportOptions options) throws IOException {
        return Export.of(small.book(), format, options);
    }

    /** As RFC 4180 has it, to the letter: what is not, throws. The rows by the given column. */
    private static Map<String, NamedCsvRecord> rows(Export export, String by) {
        assertThat(export.files()).hasSize(1);
        String text = export.files().values().iterator().next();
        assertThat(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .isEqualTo(text);
        assertThat(text).endsWith("\r\n").doesNotContain("\0");
        Map<String, NamedCsvRecord> rows = new LinkedHashMap<>();
        CsvReader.builder()
                .allowExtraFields(false)
                .allowMissingFields(false)
                .allowExtraCharsAfterClosingQuote(false)
                .ofNamedCsvRecord(text)
                .forEach(row -> {
                    assertThat(rows.put(row.getField(by), row)).isNull();
                    assertThat(row.getFields()).allSatisfy(TablesTest::isNoFormula);
                });
        return rows;
    }

    private static void isNoFormula(String cell) {
        assertThat(cell).doesNotMatch("(?s)^[=+@\t\r].*").doesNotMatch("(?s)^-[^0-9].*");
    }

    private ExportOptions options(Roster roster, Map<String, String> assignments, Path template, Column user)
            throws IOException {
        return new ExportOptions(List.of(), List.of(), roster, assignments, template, user, false, Map.of());
    }

    private Roster canvas() throws IOException {
        return small.roster(
                "canvas.csv",
                "Student,ID,SIS User ID,SIS Login ID,Section,Quiz 1 (77)",
                "    Points Possible,,,,,10",
                "\"Lovelace, Ada\",9001,s1,ada,Lab A,3",
                "=HYPERLINK(1),9002,s2,bob,Lab A,",
                "Zoë,9003,s3,cy,Lab B,",
                "Di,9004,s4,di,Lab B,",
                "Ed,9005,s5,ed,Lab B,",
                "Fay,9006,s6,fay,Lab B,");
    }

    @Test
    void canvas_finds_students_and_the_assignment() throws IOException {
        Export export = export(Format.CANVAS, options(canvas(), Map.of("lab2", "12345"), null, null));
        Map<String, NamedCsvRecord> rows = rows(export, "ID");
        NamedCsvRecord ada = rows.get("9001");
        assertThat(ada.getHeader())
                .containsExactly("Student", "ID", "SIS User ID", "SIS Login ID", "Section", "lab2 (12345)");
        assertThat(ada.getFields()).containsExactly("Lovelace, Ada", "9001", "s1", "ada", "Lab A", "20");
        assertThat(rows.get("9002").getField("lab2 (12345)")).isEqualTo("5");
        assertThat(rows.get("9003").getField("lab2 (12345)"))
                .as("handed in nothing")
                .isEmpty();
        assertThat(rows.get("9004").getField("lab2 (12345)")).as("not judged").isEmpty();
        assertThat(rows.get("9005").getField("lab2 (12345)")).as("late").isEqualTo("13.5");
        assertThat(rows.get("9006").getField("lab2 (12345)")).as("by hand").isEqualTo("7.5");
        assertThat(export.blank()).containsExactly("s3 (lab2)", "s4 (lab2)");
        assertThat(export.strangers()).containsExactly("nobody");
        assertThat(export.claims()).isEqualTo(1);
        // What was exported is a roster again, of the same students.
        Roster again = Roster.read(Files.writeString(
                folder.resolve("again.csv"), export.files().values().iterator().next()));
        assertThat(again.named("9002").orElseThrow().name()).isEqualTo("=HYPERLINK(1)");
    }

    @Test
    void canvas_is_not_led_to_make_an_assignment_or_a_student() throws IOException {
        assertThatThrownBy(() -> export(Format.CANVAS, options(canvas(), Map.of(), null, null)))
                .isInstanceOf(ExportException.class)
                .hasMessageContaining("--assignment lab2=12345");
        Roster plain = small.roster("plain.csv", "id,name", "s1,A", "s2,B", "s3,C", "s4,D", "s5,E", "s6,F");
        assertThatThrownBy(() -> export(Format.CANVAS, options(plain, Map.of("lab2", "1"), null, null)))
                .hasMessageContaining("no Canvas id, SIS id or login of s1");
        Gradebook titled =
                Gradebook.fold(small.results(), small.roster(), small.course("lab2.column = Lab 2: brk (4711)"));
        Export export = Export.of(titled, Format.CANVAS, options(canvas(), Map.of(), null, null));
        assertThat(rows(export, "ID").get("9001").getHeader()).contains("Lab 2: brk (4711)");
        Gradebook untitled = Gradebook.fold(small.results(), small.roster(), small.course("lab2.column = Lab 2"));
        assertThatThrownBy(() -> Export.of(untitled, Format.CANVAS, options(canvas(), Map.of(), null, null)))
                .hasMessageContaining("number of the assignment");
        export = Export.of(untitled, Format.CANVAS, options(canvas(), Map.of("lab2", "8"), null, null));
        assertThat(rows(export, "ID").get("9001").getHeader()).contains("Lab 2 (8)");
    }

    @Test
    void moodle_gets_only_whom_it_knows_and_each_once() throws IOException {
        Roster participants = small.roster(
                "moodle.csv",
                "First name,Last name,ID number,Email address",
                "Ada,L,s1,ada@x.org",
                "Bob,B,s2,bob@x.org",
                "Cy,C,s3,cy@x.org",
                "Di,D,s4,di@x.org",
                "Ed,E,s5,ed@x.org",
                "Fay,F,s6,fay@x.org");
        Map<String, NamedCsvRecord> rows =
                rows(export(Format.MOODLE, options(participants, Map.of(), null, null)), "Email address");
        assertThat(rows).containsOnlyKeys("ada@x.org", "bob@x.org", "ed@x.org", "fay@x.org");
        assertThat(rows.get("ada@x.org").getHeader()).containsExactly("Email address", "lab2", "lab2 (feedback)");
        assertThat(rows.get("ed@x.org").getField("lab2")).isEqualTo("13.5");
        String told = rows.get("bob@x.org").getField("lab2 (feedback)");
        assertThat(told)
                .contains("5 of 20 points in lab2", "&lt;script&gt;", "<br>")
                .doesNotContain("<script", "<b>", SmallClass.secret(), "\n");
        assertThat(rows(export(Format.MOODLE, options(participants, Map.of(), null, Column.ID)), "ID number"))
                .containsKey("s1");
    }

    @Test
    void moodle_is_refused_if_it_would_abort() throws IOException {
        Roster without = small.roster("less.csv", "id,email", "s1,ada@x.org", "s2,bob@x.org");
        assertThatThrownBy(() -> export(Format.MOODLE, options(without, Map.of(), null, null)))
                .hasMessageContaining("does not have s3, s4, s5, s6");
        Roster shared = small.roster(
                "shared.csv",
                "id,email",
                "s1,a@x.org",
                "s2,A@x.org",
                "s3,c@x.org",
                "s4,d@x.org",
                "s5,e@x.org",
                "s6,f@x.org");
        assertThatThrownBy(() -> export(Format.MOODLE, options(shared, Map.of(), null, Column.EMAIL)))
                .hasMessageContaining("A@x.org is two students'");
        assertThatThrownBy(() -> export(Format.MOODLE, options(shared, Map.of(), null, Column.LOGIN)))
                .hasMessageContaining("no username of s1");
        Roster mixed = small.roster(
                "mixed.csv", "id,email", "x1,ada@x.org", "s1,y@x.org", "s2,b", "s3,c", "s4,d", "s5,e", "s6,f");
        assertThatThrownBy(() -> export(Format.MOODLE, options(mixed, Map.of(), null, null)))
                .hasMessageContaining("may be two students");
    }

    private static final String HEAD =
            "Identifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed,"
                    + "Last modified (submission),Online text,Last modified (grade),Feedback comments\r\n";

    private Path worksheet(String head, String... rows) throws IOException {
        return Files.writeString(folder.resolve("sheet.csv"), "\ufeff" + head + String.join("\r\n", rows) + "\r\n");
    }

    @Test
    void a_worksheet_is_filled_and_otherwise_as_it_was() throws IOException {
        Path sheet = worksheet(
                HEAD,
                "Participant 11,Ada,ada@x.org,Submitted for grading,,20.00,Yes,\"Friday, 20 November 2026\",=1+1,-,",
                "Participant 12,Bob,BOB@x.org,Submitted for grading,,20.00,No,-,,-,",
                "Participant 13,Cy,cy@x.org,No submission,,20.00,Yes,-,,-,",
                "Participant 15,Ed,ed@x.org,Submitted for grading,,20.00,Yes,-,,\"Monday, 2 November 2026, 8:00 AM\",old",
                "Participant 99,Zed,zed@x.org,No submission,,20.00,Yes,-,,-,");
        Export export = export(Format.MOODLE_WORKSHEET, options(small.roster(), Map.of(), sheet, null));
        Map<String, NamedCsvRecord> rows = rows(export, "Identifier");
        assertThat(rows).hasSize(5);
        assertThat(rows.get("Participant 11").getFields())
                .startsWith("Participant 11", "Ada", "ada@x.org", "Submitted for grading", "20", "20.00", "Yes")
                .contains("Friday, 20 November 2026", "'=1+1", "-");
        assertThat(rows.get("Participant 11").getField("Feedback comments")).startsWith("20 of 20 points");
        assertThat(rows.get("Participant 12").getField("Grade")).as("locked").isEmpty();
        assertThat(rows.get("Participant 13").getField("Grade")).isEmpty();
        assertThat(rows.get("Participant 15").getField("Grade")).isEqualTo("13.5");
        assertThat(rows.get("Participant 15").getField("Last modified (grade)"))
                .isEqualTo("Monday, 2 November 2026, 8:00 AM");
        assertThat(rows.get("Participant 99").getField("Grade")).isEmpty();
        assertThat(export.notes()).anyMatch(note -> note.contains("cannot be changed of s2"));
        assertThat(export.notes()).anyMatch(note -> note.contains("not in the worksheet") && note.contains("s6"));
    }

    @Test
    void what_is_no_worksheet_or_of_other_points_is_not_filled() throws IOException {
        Roster roster = small.roster();
        assertThatThrownBy(() -> export(Format.MOODLE_WORKSHEET, options(roster, Map.of(), null, null)))
                .hasMessageContaining("--template FILE");
        Path german = worksheet("ID,Vollständiger Name,Bewertung\r\n", "1,Ada,");
        assertThatThrownBy(() -> export(Format.MOODLE_WORKSHEET, options(roster, Map.of(), german, null)))
                .hasMessageContaining("\"Identifier\"")
                .hasMessageContaining("English");
        Path hundred = worksheet(HEAD, "Participant 11,Ada,ada@x.org,S,,100.00,Yes,-,,-,");
        assertThatThrownBy(() -> export(Format.MOODLE_WORKSHEET, options(roster, Map.of(), hundred, null)))
                .hasMessageContaining("lab2.max = 100");
        Path scale = worksheet(HEAD, "Participant 11,Ada,ada@x.org,S,,Good,Yes,-,,-,");
        assertThatThrownBy(() -> export(Format.MOODLE_WORKSHEET, options(roster, Map.of(), scale, null)))
                .hasMessageContaining("scales");
    }

    @Test
    void the_plain_table_has_every_exercise() throws IOException {
        Map<String, NamedCsvRecord> rows = rows(export(Format.CSV, ExportOptions.of(small.roster())), "id");
        assertThat(rows).containsOnlyKeys("s1", "s2", "s3", "s4", "s5", "s6");
        assertThat(rows.get("s1").getField("name")).isEqualTo("Lovelace, Ada \"A\"");
        assertThat(rows.get("s2").getField("name")).isEqualTo("'=HYPERLINK(1)");
        assertThat(rows.get("s2").getField("lab2.leak")).isEqualTo("5");
        assertThat(rows.get("s3").getField("points")).isEmpty();
        assertThat(rows.get("s5").getField("late %")).isEqualTo("10");
        assertThat(rows.get("s5").getField("grading")).isEqualTo("unverified claim");
        assertThat(rows.get("s1").getHeader()).endsWith("lab2.grow", "lab2.leak", "lab2.trim", "lab2.secret");
    }

    @Test
    void zero_is_given_only_when_asked_for_and_never_for_what_could_not_be_judged() throws IOException {
        ExportOptions zero =
                new ExportOptions(List.of(), List.of(), small.roster(), Map.of(), null, null, true, Map.of());
        Map<String, NamedCsvRecord> rows = rows(export(Format.CSV, zero), "id");
        assertThat(rows.get("s3").getField("points")).isEqualTo("0");
        assertThat(rows.get("s4").getField("points")).isEmpty();
    }

    @Test
    void labs_and_students_can_be_chosen() throws IOException {
        ExportOptions one = new ExportOptions(
                List.of("lab2"), List.of("s5"), small.roster(), Map.of(), null, null, false, Map.of());
        assertThat(rows(export(Format.CSV, one), "id")).containsOnlyKeys("s5");
        ExportOptions none =
                new ExportOptions(List.of(), List.of("s9"), small.roster(), Map.of(), null, null, false, Map.of());
        assertThatThrownBy(() -> export(Format.CSV, none)).hasMessageContaining("\"s9\"");
        ExportOptions other =
                new ExportOptions(List.of("lab9"), List.of(), small.roster(), Map.of(), null, null, false, Map.of());
        assertThatThrownBy(() -> export(Format.CSV, other)).hasMessageContaining("there are of lab2");
    }
}
