package org.brkmap.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.brkmap.toolchain.Tool;
import org.brkmap.toolchain.ToolResult;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinkFormsTest {
    private static final Pattern TYPE = Pattern.compile("Elf file type is (\\w+)");
    private static final String FIRST_CODE = "the address of main";

    @TempDir
    static Path built;

    @BeforeAll
    static void build() throws Exception {
        ToolResult made = Tool.of("make", "-C", Samples.FOLDER.toString(), "BUILD=" + built, "static-dynamic")
                .run();
        assertThat(made.succeeded()).as(made.stderr()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"dynamic, DYN, true", "no-pie, EXEC, true", "static, EXEC, false", "static-pie, DYN, false"})
    void aFormIsWhatItsNameSays(String form, String type, boolean linkedAtLoadTime) throws Exception {
        String headers = readelf("-lW", form);

        assertThat(elfType(headers)).isEqualTo(type);
        assertThat(headers.contains("Requesting program interpreter"))
                .as("%s asks for a loader", form)
                .isEqualTo(linkedAtLoadTime);
        assertThat(readelf("-dW", form).contains("(NEEDED)"))
                .as("%s needs libraries", form)
                .isEqualTo(linkedAtLoadTime);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dynamic", "no-pie", "static", "static-pie"})
    void everyFormRunsAndNamesTheSameParts(String form) throws Exception {
        ToolResult run = Samples.run(program(form));

        assertThat(run.exit()).isZero();
        assertThat(run.stdout().lines().map(line -> line.replaceAll(" +0x[0-9a-f]+$", "")))
                .containsExactly(
                        "main",
                        "a string",
                        "a variable",
                        "a heap block",
                        "the C library",
                        "a local",
                        "Press key to end ...");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-pie", "static"})
    void mainLiesWhereTheLinkerPutItUnlessTheFormCanBeMoved(String form) throws Exception {
        String symbols = Tool.of("nm", program(form).toString()).run().stdout();
        Matcher main = Pattern.compile("0*([0-9a-f]+) T main\n").matcher(symbols);
        assertThat(main.find()).as("%s in nm's list", FIRST_CODE).isTrue();

        assertThat(Samples.run(program(form)).stdout()).containsPattern("main +0x" + main.group(1) + "\n");
    }

    private static Path program(String form) {
        return built.resolve("static-dynamic-" + form);
    }

    private static String readelf(String option, String form) throws Exception {
        return Tool.of("readelf", option, program(form).toString()).run().stdout();
    }

    private static String elfType(String headers) {
        Matcher type = TYPE.matcher(headers);
        return type.find() ? type.group(1) : "none in: " + headers;
    }
}
