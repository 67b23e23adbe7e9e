package org.brkmap.grade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.brkmap.grade.Student.Column;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RosterTest {
    @TempDir
    private Path folder;

    private Roster read(String text) throws IOException {
        return Roster.read(Files.writeString(folder.resolve("roster.csv"), text));
    }

    @Test
    void a_plain_table_names_students_by_id() throws IOException {
        Roster roster = read("\ufeffid,name,email\r\ns1,\"Lovelace, Ada\",ada@x.org\r\ns2,Bob,\r\n\r\n");
        assertThat(roster.students()).extracting(Student::id).containsExactly("s1", "s2");
        assertThat(roster.student("s1").orElseThrow().name()).isEqualTo("Lovelace, Ada");
        assertThat(roster.student("s2").orElseThrow().column(Column.EMAIL)).isEmpty();
    }

    @Test
    void canvas_gradebooks_are_read_without_their_row_of_points() throws IOException {
        Roster roster = read("Student,ID,SIS User ID,SIS Login ID,Section,Lab 2 (12345)\n"
                + "    Points Possible,,,,,100\n\"Lovelace, Ada\",77,S1,ada,A and B,\n");
        Student ada = roster.student("ada").orElseThrow();
        assertThat(roster.students()).containsExactly(ada);
        assertThat(ada.column(Column.CANVAS_ID)).isEqualTo("77");
        assertThat(ada.column(Column.SIS_ID)).isEqualTo("S1");
        assertThat(roster.owner("lovelaceada_LATE_77_8812_lab2-1.html")).contains(ada);
    }

    @Test
    void moodle_tables_join_first_name_and_surname() throws IOException {
        Roster roster = read("First name,Surname,ID number,Email address\nAda,Lovelace,S1,ada@x.org\n");
        assertThat(roster.student("S1").orElseThrow().name()).isEqualTo("Ada Lovelace");
    }

    @ParameterizedTest
    @CsvSource({
        "s1.html,s1",
        "s1/lab2.html,s1",
        "S1_lab2.html,s1",
        "lab2-report (s1).html,s1",
        "ada@x.org.zip,s1",
        "s10.html,",
        "xs1.html,",
        "s2/s1.html,s2",
        "Ada Lovelace.html,"
    })
    void a_file_belongs_to_whom_its_path_names(String path, String owner) throws IOException {
        Roster roster = read("id,name,email\ns1,Ada Lovelace,ada@x.org\ns2,Bob,bob@x.org\n");
        assertThat(roster.owner(path).map(Student::id).orElse(null)).isEqualTo(owner);
    }

    @Test
    void a_name_that_two_share_belongs_to_neither() throws IOException {
        Roster roster = read("id,login\ns1,x\ns2,x\n");
        assertThat(roster.owner("x.html")).isEmpty();
        assertThat(roster.owner("s2.html").map(Student::id)).contains("s2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|is empty",
                "name,colour|no column names the students",
                "id,name;s1,A;s1,B|roster.csv:3: \"s1\" stands there twice",
                "id,name;\"s1|not CSV",
                "id,name;\"s1\"x,A|not CSV"
            })
    void what_is_wrong_is_said_with_its_place(String text, String said) {
        assertThatThrownBy(() -> read(text.replace(';', '\n')))
                .isInstanceOf(GradeException.class)
                .hasMessageContaining(said);
    }

    @Test
    void other_encodings_are_refused() throws IOException {
        Path file = Files.write(
                folder.resolve("latin.csv"), "id,name\ns1,Ren\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> Roster.read(file))
                .isInstanceOf(GradeException.class)
                .hasMessageContaining("UTF-8");
    }
}
