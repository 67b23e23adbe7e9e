package org.brkmap.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.brkmap.toolchain.BuildRequest;
import org.brkmap.toolchain.Tool;
import org.brkmap.toolchain.ToolResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AreasTest {
    private static final Set<String> SECTIONS = Set.of(".text", ".rodata", ".data", ".bss");
    private static final long AMOUNT = 1 << 20;

    /** What a section may gain beside the amount: a function's frame, an alignment. */
    private static final long SLACK = 256;

    @ParameterizedTest
    @CsvSource({"TEXT, .text", "RODATA, .rodata", "DATA, .data", "BSS, .bss", "HEAP, none", "STACK, none"})
    void aSwitchEnlargesItsOwnSectionAndNoOther(String area, String enlarged) throws Exception {
        Map<String, Long> plain = sections(Samples.build(areas()));

        Map<String, Long> larger = sections(Samples.build(areas().define(area, "")));

        for (String section : SECTIONS) {
            long gain = larger.get(section) - plain.get(section);
            long expected = section.equals(enlarged) ? AMOUNT : 0;
            assertThat(gain).as("%s with -D%s", section, area).isBetween(expected, expected + SLACK);
        }
    }

    @Test
    void theAmountIsSetAtBuild() throws Exception {
        long plain = sections(Samples.build(areas())).get(".data");

        Path larger = Samples.build(areas().define("DATA", "").define("AMOUNT", 12_288));

        assertThat(sections(larger).get(".data") - plain).isBetween(12_288L, 12_288 + SLACK);
    }

    @Test
    void moreBssMakesNoLongerFile() throws Exception {
        Path plain = Samples.build(areas());
        Path larger = Samples.build(areas().define("BSS", ""));

        assertThat(Files.size(larger) - Files.size(plain)).isLessThan(AMOUNT / 10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TEXT", "RODATA", "DATA", "BSS", "HEAP", "STACK"})
    void everyFormRunsThrough(String area) throws Exception {
        ToolResult run = Samples.run(Samples.build(areas().define(area, "")), "100");

        assertThat(run.exit()).isZero();
        assertThat(run.stdout()).isEqualTo("Press key to enlarge ...\nPress key to end ...\n");
    }

    @Test
    void aRecursionDeeperThanTheStackIsASegmentationFault() throws Exception {
        String program = Samples.build(areas()).toString();

        ToolResult run = Tool.of("sh", "-c", "ulimit -s 1024; exec \"$0\" \"$1\"", program, "2000")
                .run();

        assertThat(run.exit()).isEqualTo(128 + 11);
    }

    private static BuildRequest areas() {
        return Samples.request("modify-areas/modify-areas.c");
    }

    private static Map<String, Long> sections(Path program) throws Exception {
        Map<String, Long> sizes = new HashMap<>();
        Tool.of("size", "-A", "-d", program.toString())
                .run()
                .stdout()
                .lines()
                .map(line -> line.strip().split(" +"))
                .filter(row -> SECTIONS.contains(row[0]))
                .forEach(row -> sizes.put(row[0], Long.parseLong(row[1])));
        assertThat(sizes).containsOnlyKeys(SECTIONS);
        return sizes;
    }
}
