package org.brkmap.libc;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.brkmap.toolchain.NeedsGcc;
import org.brkmap.toolchain.Tool;
import org.brkmap.toolchain.ToolResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our signals and errors against the C headers of this machine. */
class NumbersTest {
    private static final int ANY_ERROR = Errno.EACCES;

    @TempDir
    Path directory;

    @Test
    @NeedsGcc
    void signalsHaveTheirNumbers() throws Exception {
        Map<String, Integer> signals = new LinkedHashMap<>();
        for (Signal signal : Signal.values()) {
            signals.put(signal.name(), signal.number());
        }
        assertThat(values("signal.h", List.copyOf(signals.keySet()))).isEqualTo(signals);
    }

    @Test
    @NeedsGcc
    void errorsHaveTheirNumbersAndTheLibrarysWords() throws Exception {
        Map<String, Integer> errors = new LinkedHashMap<>();
        for (Field field : Errno.class.getFields()) {
            errors.put(field.getName(), field.getInt(null));
        }
        assertThat(errors).containsKeys("EPERM", "EINTR");
        assertThat(values("errno.h", List.copyOf(errors.keySet()))).isEqualTo(errors);
        assertThat(errors.values().stream().map(Errno::text))
                .doesNotHaveDuplicates()
                .doesNotContain("");
    }

    @Test
    void everySignalHasAName() {
        assertThat(Signal.nameOf(9)).isEqualTo("SIGKILL");
        assertThat(Signal.nameOf(31)).isEqualTo("SIGSYS");
        assertThat(Signal.nameOf(35)).isEqualTo("signal 35");
        assertThat(Signal.nameOf(0)).isEqualTo("signal 0");
    }

    @Test
    void aFailureNamesTheCallAndTheReason() {
        NativeException failure = new NativeException("opening the door", ANY_ERROR);

        assertThat(failure).hasMessage("opening the door: " + Errno.text(ANY_ERROR));
        assertThat(failure.errno()).isEqualTo(ANY_ERROR);
    }

    private Map<String, Integer> values(String header, List<String> names) throws Exception {
        StringBuilder source =
                new StringBuilder("#define _GNU_SOURCE\n#include <stdio.h>\n#include <" + header + ">\n");
        source.append("int main(void)\n{\n");
        for (String name : names) {
            source.append("    printf(\"%d\\n\", ").append(name).append(");\n");
        }
        Path file = Files.writeString(directory.resolve("values.c"), source.append("    return 0;\n}\n"));
        Path program = directory.resolve("values");
        ToolResult compiled =
                Tool.of("gcc", "-o", program.toString(), file.toString()).run();
        assertThat(compiled.succeeded()).as(compiled.stderr()).isTrue();
        List<String> lines = Tool.of(program.toString()).run().stdout().lines().toList();
        Map<String, Integer> values = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            values.put(names.get(i), Integer.valueOf(lines.get(i)));
        }
        return values;
    }
}
