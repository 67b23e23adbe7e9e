package org.brkmap.libc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PseudoTerminalTest {
    @Test
    void passesLinesInAndOutputAsItIsOut() throws Exception {
        try (PseudoTerminal terminal = PseudoTerminal.open()) {
            int pid = Children.shell(
                    terminal,
                    "test -t 0 && test -t 1 && test -t 2 || exit 9; read -r line; printf '%s\\n' \"<$line>\"");
            terminal.type("a line\n");
            terminal.hangUpSlave();

            assertThat(outputOf(terminal))
                    .as("without an echo, without carriage returns")
                    .isEqualTo("<a line>\n");
            Waiter waiter = new Waiter();
            assertThat(waiter.waitFor(pid)).isEqualTo(pid);
            assertThat(WaitStatus.exitCode(waiter.status())).isZero();
        }
    }

    @Test
    void countsWholeLinesAsPending() throws Exception {
        try (PseudoTerminal terminal = PseudoTerminal.open()) {
            assertThat(terminal.pendingInput()).isZero();
            terminal.type("abc");
            assertThat(terminal.pendingInput()).isZero();
            terminal.type("\n");
            assertThat(terminal.pendingInput()).isEqualTo(4);
        }
    }

    /** The kernel hands it over to the slave's side in its own time, unless it is told to. */
    @Test
    void countsWhatWasTypedOnlyJustNow() throws Exception {
        for (int i = 0; i < 300; i++) {
            try (PseudoTerminal terminal = PseudoTerminal.open()) {
                terminal.type("x\n");
                assertThat(terminal.pendingInput()).isEqualTo(2);
            }
        }
    }

    @Test
    void printsBehindWhatTheProgramPrinted() throws Exception {
        try (PseudoTerminal terminal = PseudoTerminal.open()) {
            int pid = Children.shell(terminal, "printf first");
            assertThat(new Waiter().waitFor(pid)).isEqualTo(pid);
            byte[] text = " second".getBytes(StandardCharsets.UTF_8);
            assertThat(terminal.printAsProgram(text)).isEqualTo(text.length);
            terminal.hangUpSlave();

            assertThat(outputOf(terminal)).isEqualTo("first second");
        }
    }

    @Test
    void saysWhenThereIsNoRoom() throws Exception {
        try (PseudoTerminal terminal = PseudoTerminal.open()) {
            byte[] much = new byte[1 << 20];
            int room = terminal.printAsProgram(much);
            while (room > 0) {
                room = terminal.printAsProgram(much);
            }
            assertThat(room).isZero();
            terminal.readOutput();
        }
    }

    @Test
    void hasItsOwnNameEachTime() throws Exception {
        try (PseudoTerminal one = PseudoTerminal.open();
                PseudoTerminal other = PseudoTerminal.open()) {
            assertThat(one.slaveName()).startsWith("/dev/").isNotEqualTo(other.slaveName());
        }
    }

    private static String outputOf(PseudoTerminal terminal) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] part = terminal.readOutput();
        while (part != null) {
            all.writeBytes(part);
            part = terminal.readOutput();
        }
        return all.toString(StandardCharsets.UTF_8);
    }
}
