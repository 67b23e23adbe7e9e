package org.brkmap.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.brkmap.evidence.CheckStatus;
import org.junit.jupiter.api.Test;

class TerminalTest {
    @Test
    void colourNeedsATerminal() {
        assertThat(Terminal.of(Map.of(), StandardCharsets.UTF_8, true).colour()).isTrue();
        assertThat(Terminal.of(Map.of(), StandardCharsets.UTF_8, false).colour())
                .isFalse();
    }

    @Test
    void noColorRefusesColourAndForceColorDemandsIt() {
        assertThat(Terminal.of(Map.of("NO_COLOR", "1"), StandardCharsets.UTF_8, true)
                        .colour())
                .isFalse();
        assertThat(Terminal.of(Map.of("TERM", "dumb"), StandardCharsets.UTF_8, true)
                        .colour())
                .isFalse();
        assertThat(Terminal.of(Map.of("FORCE_COLOR", "1"), StandardCharsets.UTF_8, false)
                        .colour())
                .isTrue();
    }

    @Test
    void marksAreAsciiWhereTheCharsetHasNoOthers() {
        assertThat(Terminal.of(Map.of(), StandardCharsets.UTF_8, false).mark(CheckStatus.PASSED))
                .isEqualTo("✔");
        assertThat(Terminal.of(Map.of(), StandardCharsets.US_ASCII, false).mark(CheckStatus.PASSED))
                .isEqualTo("+");
        assertThat(Terminal.of(Map.of(), StandardCharsets.ISO_8859_1, false).mark(CheckStatus.FAILED))
                .isEqualTo("x");
    }

    @Test
    void colourIsSetAroundTheMarkAndTakenBack() {
        assertThat(new Terminal(true, true).mark(CheckStatus.FAILED)).isEqualTo("\u001b[1;31m✘\u001b[0m");
    }

    @Test
    void textFromOutsideCannotSteerTheTerminal() {
        assertThat(new Terminal(true, true).plain("a\u001b[2Jb\u202ec\r")).isEqualTo("a\\x1b[2Jb\\x202ec\\x0d");
        assertThat(new Terminal(false, false).plain("größer")).isEqualTo("gr??er");
    }
}
