package org.brkmap.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class MeasuredTest {
    private static final String PAGE =
            "before\n<!-- measured one: begin -->\nold\n<!-- measured one: end -->\nbetween\n"
                    + "<!-- measured two: begin -->\nother\n<!-- measured two: end -->\nafter\n";

    @Test
    void the_table_replaces_the_one_between_the_marks_of_its_name_and_nothing_else() {
        String filled = Measured.within(PAGE, "one", "new\n");
        assertThat(filled).isEqualTo(PAGE.replace("old\n", "new\n"));
        assertThat(Measured.within(filled, "one", "new\n")).isEqualTo(filled);
    }

    @Test
    void a_page_without_the_marks_is_refused_with_the_lines_that_it_lacks() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Measured.within(PAGE, "three", ""))
                .withMessageContaining("<!-- measured three: begin -->");
    }

    @Test
    void a_cell_with_a_bar_in_it_stays_one_cell() {
        assertThat(Measured.markdown(List.of("a machine"), List.of("what", "value"), List.of(List.of("a|b", "1"))))
                .contains("- a machine\n", "| what | value |\n|---|---|\n| a\\|b | 1 |\n");
    }
}
