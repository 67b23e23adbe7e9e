package org.brkmap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
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

    /** Whatever was done to a file: an answer or a refusal, and never a fault of ours. */
    @Test
    @NeedsGcc
    void evidenceThatWasCutOrEditedIsReadOrRefusedByName() throws IOException {
        Path whole = observed("whole", "true");
        String text = Files.readString(whole);
        Random random = new Random(3);
        Path damaged = directory.resolve("damaged.json");
        int refused = 0;
        for (int i = 0; i < 300; i++) {
            int at = random.nextInt(text.length());
            int to = Math.min(text.length(), at + 1 + random.nextInt(40));
            String edited = switch (i % 5) {
                case 0 -> text.substring(0, at);
                case 1 -> text.substring(0, at) + text.substring(to);
                case 2 -> text.substring(0, at) + text.substring(at, to) + text.substring(at);
                case 3 -> text.substring(0, at) + (char) (' ' + random.nextInt(95)) + text.substring(at + 1);
                default -> text.substring(0, at) + text.substring(at).replaceFirst("[0-9]+", "-9223372036854775808");
            };
            Files.writeString(damaged, edited);
            int status = shell.run("diff", whole, damaged);
            assertThat(status).as(shell.err()).isIn(0, 1, 3);
            assertThat(shell.err()).as(edited).doesNotContain("brkmap's own");
            if (status == 1) {
                refused++;
                assertThat(shell.err()).startsWith("brkmap: " + damaged);
            }
        }
        assertThat(refused).isGreaterThan(100);
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
