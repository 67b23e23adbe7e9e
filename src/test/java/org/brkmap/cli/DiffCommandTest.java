package org.brkmap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.brkmap.toolchain.NeedsGcc;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiffCommandTest {
    private final Shell shell = new Shell();

    @TempDir
    private Path directory;

    @Test
    @NeedsGcc
    void twoRunsOfOneProgramAreTheSame() {
        Path one = observed("one", "true");
        Path other = observed("other", "true");
        assertThat(shell.run("diff", one, other)).as(shell.out()).isZero();
        assertThat(shell.out()).contains("the same but for addresses and times");
    }

    @Test
    @NeedsGcc
    void whatDiffersIsNamedOnBothSides() {
        Path one = observed("one", "true");
        Path other = observed("other", "sh", "-c", "exit 3");
        assertThat(shell.run("diff", one, other)).isEqualTo(3);
        assertThat(shell.out())
                .contains(
                        "command:\n  - true\n  + sh -c exit 3",
                        "  - exit status 0\n  + exit status 3",
                        "memory at checkpoint");
        assertThat(shell.run("diff", "--json", one, other)).isEqualTo(3);
        JsonObject facts = JsonParser.parseString(shell.out()).getAsJsonObject();
        assertThat(facts.get("same").getAsBoolean()).isFalse();
        assertThat(facts.getAsJsonArray("differences")
                        .get(0)
                        .getAsJsonObject()
                        .get("onlyA")
                        .getAsString())
                .isEqualTo("true");
    }

    @Test
    void whatIsNoEvidenceIsRefusedByName() throws IOException {
        Path absent = directory.resolve("absent");
        assertThat(shell.run("diff", absent, absent)).isEqualTo(1);
        assertThat(shell.err()).contains("there is no file " + absent);
        Path text = Files.writeString(directory.resolve("text"), "{\"a\":1}");
        assertThat(shell.run("diff", text, text)).isEqualTo(1);
        assertThat(shell.err()).contains(text.toString(), "not evidence of brkmap");
        Path binary = Files.write(directory.resolve("binary"), new byte[] {(byte) 0xff, 0});
        assertThat(shell.run("diff", binary, binary)).isEqualTo(1);
        assertThat(shell.err()).contains("is not a text");
        assertThat(shell.run("diff", text)).isEqualTo(2);
    }

    private Path observed(String name, String... command) {
        Path file = directory.resolve(name + ".json");
        Object[] words = new Object[4 + command.length];
        words[0] = "observe";
        words[1] = "--json";
        words[2] = file;
        words[3] = "--";
        System.arraycopy(command, 0, words, 4, command.length);
        assertThat(shell.run(words)).as(shell.err()).isZero();
        return file;
    }
}
