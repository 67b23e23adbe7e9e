package org.brkmap.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.brkmap.toolchain.ToolResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DieTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "ENOENT, ENOENT: No such file or directory",
        "ENOMEM, ENOMEM: Cannot allocate memory",
        "EINVAL, EINVAL: Invalid argument",
        "ENOSPC, ENOSPC: No space left on device",
        "EXDEV, an unlisted error: Invalid cross-device link"
    })
    void anErrorIsToldByNameAndInWords(String error, String told) throws Exception {
        ToolResult run = run("errno = " + error + "; die(\"open %s\", \"in.dat\");");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.stderr()).isEqualTo("failing: open in.dat: " + told + "\n");
    }

    @Test
    void whatWasPrintedBeforeIsNotLost() throws Exception {
        ToolResult run = run("printf(\"so far\"); errno = EIO; die(\"read\");");

        assertThat(run.stdout()).isEqualTo("so far");
        assertThat(run.stderr()).isEqualTo("failing: read: EIO: Input/output error\n");
    }

    @Test
    void failSaysWhatErrnoDoesNotDescribe() throws Exception {
        ToolResult run = run("errno = ENOENT; fail(\"%s is empty\", \"in.dat\");");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.stderr()).isEqualTo("failing: in.dat is empty\n");
    }

    @Test
    void usageNamesTheProgramAsItWasCalled() throws Exception {
        ToolResult run = run("usage(\"[SECONDS]\");");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.stderr()).isEqualTo("usage: failing [SECONDS]\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-5", "0", "7", "010"})
    void aNumberWithinItsBoundsIsReadAsDecimal(String text) throws Exception {
        ToolResult run = run("printf(\"%ld\", number(\"COUNT\", \"" + text + "\", -5, 10));");

        assertThat(run.exit()).isZero();
        assertThat(run.stdout()).isEqualTo(Integer.toString(Integer.parseInt(text)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-6", "11", "", "x", "7 ", "7x", "0x7", "1e1", "99999999999999999999"})
    void whatIsNoSuchNumberIsRefused(String text) throws Exception {
        ToolResult run = run("number(\"COUNT\", \"" + text + "\", -5, 10);");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.stderr()).isEqualTo("failing: COUNT must be a number from -5 to 10, not '" + text + "'\n");
    }

    private ToolResult run(String statements) throws Exception {
        String text = "#include \"die.h\"\nint main(void) { " + statements + " }\n";
        return Samples.run(Samples.build(Samples.request(Files.writeString(directory.resolve("failing.c"), text))));
    }
}
