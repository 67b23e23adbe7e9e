package org.brkmap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnnotateCommandTest {
    private static final Path PUBLISHED = Path.of("src/test/resources/procfs/published");
    private static final Path PHP = PUBLISHED.resolve("maps-php-fpm-x86_64.txt");
    private static final Path ARM = PUBLISHED.resolve("maps-arm32.txt");

    private final Shell shell = new Shell();

    @TempDir
    private Path directory;

    @Test
    void aListingOf64BitsIsExplained() {
        assertThat(shell.run("annotate", PHP)).as(shell.err()).isZero();
        assertThat(shell.out())
                .contains("16 mappings at 64-bit addresses", "Something is missing in 1 place")
                .containsPattern("5577acaa6000-5577ace79000 +3916 +979 +n/a r-xp +program text")
                .containsPattern("5577ad078000-5577ad0f1000 +484 +121 +n/a r--p +program relro")
                .containsPattern("5577ad0fe000-5577ad114000 +88 +22 +n/a rw-p +program bss")
                .containsPattern("5577ae59b000-5577ae75f000 +1808 +452 +n/a rw-p +heap")
                .containsPattern("7f0d54878000-7f0d54883000 +44 +11 +n/a r-xp +library text")
                .contains("unknown: the listing is cut here (210.4 MiB)", "not used (20.52 MiB)")
                .containsPattern("(?m)^total +8604 +2151 +n/a$");
    }

    @Test
    void aListingOf32BitsIsExplained() {
        assertThat(shell.run("annotate", ARM, "--json")).as(shell.err()).isZero();
        JsonObject facts = JsonParser.parseString(shell.out()).getAsJsonObject();
        assertThat(facts.get("addressBits").getAsInt()).isEqualTo(32);
        assertThat(facts.get("complete").getAsBoolean()).isFalse();
        assertThat(regions(facts).filter(region -> kind(region).equals("unknown")))
                .hasSize(2);
        assertThat(regions(facts)
                        .filter(region -> kind(region).equals("mapping"))
                        .map(region -> region.get("role").getAsString()))
                .startsWith(
                        "PROGRAM_TEXT", "PROGRAM_RELRO", "PROGRAM_DATA", "HEAP", "LOADER", "LOADER", "LOADER", "VDSO")
                .endsWith("STACK");
        long sum = regions(facts)
                .filter(region -> kind(region).equals("mapping"))
                .mapToLong(region -> region.get("bytes").getAsLong())
                .sum();
        assertThat(facts.getAsJsonObject("totals").get("virtual").getAsLong()).isEqualTo(sum);
    }

    @Test
    void pageAndTableAreWritten() throws IOException {
        Path html = directory.resolve("a.html");
        Path csv = directory.resolve("a.csv");
        assertThat(shell.run("annotate", PHP, "--html", html, "--csv", csv))
                .as(shell.err())
                .isZero();
        assertThat(html)
                .content()
                .startsWith("<!doctype html>")
                .contains("<svg", "unknown", "not used", "php-fpm7.0-zts");
        assertThat(Files.readAllLines(csv))
                .anySatisfy(row -> assertThat(row).startsWith("unknown,0x7f0d54a84000,0x7f0d61cf9000,"))
                .anySatisfy(row -> assertThat(row).startsWith("not used,0x5577ace79000,"));
    }

    @Test
    void aRowCutInTheMiddleIsNamedAndTheRestIsKept() throws IOException {
        Path file = write("00400000-00401000 r-xp 00000000 08:01 7 /bin/x\n00600000-0060");
        assertThat(shell.run("annotate", file)).isZero();
        assertThat(shell.err()).contains("line 2: the text ends within this row: \"00600000-0060\"");
        assertThat(shell.out()).contains("1 mappings", "Something is missing");
    }

    @Test
    void rowsOfAnUnknownKernelAreNamedByLine() throws IOException {
        Path file = write("""
                00400000-00401000 r-xp 00000000 08:01 7 /bin/x
                00401000-00402000 r-xpZ {new} 00000000 08:01 7 /bin/x
                00402000-00403000 rw-p 00000000 00:00 0 [hyperheap]
                00402800-00404000 rw-p 00000000 00:00 0
                00500000-00400000 rw-p 00000000 00:00 0
                """);
        assertThat(shell.run("annotate", file)).isZero();
        assertThat(shell.err())
                .contains("line 2: this is not a row of maps")
                .contains("line 4: it begins below 0x403000")
                .contains("line 5: its end is not above its start");
        assertThat(shell.out()).contains("[hyperheap]", "unknown: the listing is cut here");
    }

    @Test
    void columnsAndRowsThatAKernelMayAddDoNotHideTheOthers() throws IOException {
        Path file = write("""
                00400000-00401000 r-xp 00000000 08:01 7                                  /bin/x
                Size:                  4 kB
                Glow:                 12 kB
                VmFlags: rd ex mr mw me zz
                NewThing
                00401000-00402000 rw-p 00000000 00:00 0    tag=7 colour=blue
                00402000-00403000 rw-p 00000000 00:00 0                                  [heap]
                """);
        assertThat(shell.run("annotate", file, "--json")).as(shell.err()).isZero();
        JsonObject facts = JsonParser.parseString(shell.out()).getAsJsonObject();
        assertThat(regions(facts)
                        .filter(region -> kind(region).equals("mapping"))
                        .count())
                .isEqualTo(3);
        assertThat(facts.getAsJsonObject("totals").get("virtual").getAsLong()).isEqualTo(3 * 4096);
    }

    @Test
    void hostileNamesAreNeitherObeyedNorTakenForFormulas() throws IOException {
        Path csv = directory.resolve("a.csv");
        Path file = write("00400000-00401000 r--p 00000000 08:01 7 =cmd|'/C calc'!A0,\"\u001b[31m\n");
        assertThat(shell.run("annotate", file, "--csv", csv)).isZero();
        assertThat(shell.out()).doesNotContain("\u001b").contains("⟨ESC⟩");
        assertThat(csv).content().contains("\"'=cmd|'/C calc'!A0,\"\"");
    }

    @Test
    void twoHundredThousandRowsAreRead() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 200_000; i++) {
            long start = 0x10000000L + i * 0x2000L;
            text.append(String.format("%x-%x rw-p 00000000 00:00 0%n", start, start + 0x1000));
        }
        Path html = directory.resolve("many.html");
        assertThat(shell.run("annotate", write(text.toString()), "--html", html))
                .as(shell.err())
                .isZero();
        assertThat(shell.out()).contains("200000 mappings").containsPattern("(?m)^total +800000 +200000 +n/a$");
        assertThat(html).isNotEmptyFile();
        assertThat(Files.size(html)).isLessThan(2_000_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello\nworld\n", "\u0000\u0001\u0002", "...\n"})
    void whatIsNoListingIsRefused(String text) throws IOException {
        Path file = write(text);
        assertThat(shell.run("annotate", file)).isEqualTo(1);
        assertThat(shell.err()).contains(file.toString()).containsAnyOf("is empty", "no row of a maps file", "NUL");
    }

    @Test
    void aFileThatCannotBeReadIsNamed() {
        assertThat(shell.run("annotate", directory.resolve("absent"))).isEqualTo(1);
        assertThat(shell.err()).contains("there is no file");
        assertThat(shell.run("annotate", directory)).isEqualTo(1);
        assertThat(shell.err()).contains("it is a directory");
    }

    @Test
    void anImpossiblePageSizeIsAMistakeOfUsage() {
        assertThat(shell.run("annotate", PHP, "--page-size", "5000")).isEqualTo(2);
        assertThat(shell.run("annotate", PHP, "--page-size", "65536")).isZero();
        assertThat(shell.out()).contains("not every address is a multiple");
    }

    private Path write(String text) throws IOException {
        return Files.writeString(directory.resolve("saved.maps"), text);
    }

    private static String kind(JsonObject region) {
        return region.get("kind").getAsString();
    }

    private static java.util.stream.Stream<JsonObject> regions(JsonObject facts) {
        return StreamSupport.stream(facts.getAsJsonArray("regions").spliterator(), false)
                .map(JsonElement::getAsJsonObject);
    }
}
