package org.brkmap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FoldedRowsTest {
    @Test
    void linesAreFoldedAtBlanksAndSetInBelow() {
        assertThat(Rows.foldLines("  now with other sizes\nend\n", 12))
                .isEqualTo("  now with\n    other\n    sizes\nend\n");
    }

    @Test
    void whatFitsStaysAsItIs() {
        String text = "  a  b   c\n\n    d";
        assertThat(Rows.foldLines(text, 10)).isEqualTo(text);
        assertThat(Rows.foldLines("a long line without an end of its own", Integer.MAX_VALUE))
                .isEqualTo("a long line without an end of its own");
    }

    @Test
    void aWordLongerThanARowIsNotCut() {
        assertThat(Rows.foldLines("Report: file:///home/student/lab2.html\n", 12))
                .isEqualTo("Report:\n  file:///home/student/lab2.html\n");
    }

    @Test
    void coloursTakeNoRoom() {
        String text = "\u001b[32m✔\u001b[0m one two\n";
        assertThat(Rows.foldLines(text, 9)).isEqualTo(text);
        assertThat(Rows.foldLines(text, 8)).isEqualTo("\u001b[32m✔\u001b[0m one\n  two\n");
    }
}
