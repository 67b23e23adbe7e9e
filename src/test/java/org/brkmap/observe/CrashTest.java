package org.brkmap.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.brkmap.model.CheckpointKind;
import org.brkmap.model.Observation;
import org.brkmap.model.Snapshot;
import org.brkmap.toolchain.NeedsGcc;
import org.brkmap.toolchain.Tool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NeedsGcc
@Timeout(240)
class CrashTest {
    @ParameterizedTest
    @CsvSource({
        "null, SIGSEGV, write_through_null, 'touched 0x0, where nothing is mapped'",
        "protected, SIGSEGV, write_to_constant, in a way its mapping does not allow",
        "bus, SIGBUS, read_past_file, past the end of the mapped file",
        "divide, SIGFPE, divide, SIGFPE",
        "illegal, SIGILL, main, SIGILL",
        "abort, SIGABRT, call_abort, SIGABRT",
        "assert, SIGABRT, fail_assertion, SIGABRT",
        "thread, SIGSEGV, write_through_null, 'touched 0x0, where nothing is mapped'",
        "double_free, SIGABRT, free_twice, SIGABRT",
        "deep, SIGSEGV, recurse, touched 0x7",
    })
    void saysWhichSignalWhyAndInWhichFunction(String how, String signal, String function, String why) throws Exception {
        Path program = Observed.program("crashes");
        Observation seen = Observed.observe(Observed.launch(program, how));

        assertThat(seen.ending().signal()).as(Observed.describe(seen)).isEqualTo(signal);
        assertThat(seen.ending().detail()).contains(why);
        Snapshot last = seen.snapshots().get(seen.snapshots().size() - 1);
        assertThat(last.kind()).isEqualTo(CheckpointKind.CRASH);
        assertThat(last.label()).isEqualTo(signal);
        assertThat(seen.ending().where()).isNotNull();
        assertThat(functionAt(program, last, seen.ending().where().address())).isEqualTo(function);
    }

    @Test
    void aSignalThatWasHandledDoesNotExplainAnotherThatKills() throws Exception {
        Observation seen = Observed.observe(Observed.launch("crashes", "handled"));

        assertThat(seen.ending().signal()).isEqualTo("SIGKILL");
        assertThat(seen.ending().detail()).isNull();
        assertThat(seen.ending().where()).isNull();
    }

    /** By nm and the base of the program, without the harness's own reader of symbols. */
    private static String functionAt(Path program, Snapshot snapshot, long address) throws Exception {
        long base = snapshot.mappings().stream()
                .filter(mapping -> mapping.backing().name().equals(program.toString()))
                .findFirst()
                .orElseThrow()
                .range()
                .start();
        String found = "none";
        long nearest = -1;
        List<String> symbols = Tool.of("nm", "--defined-only", program.toString())
                .run()
                .stdout()
                .lines()
                .toList();
        for (String line : symbols) {
            String[] fields = line.split(" ");
            long start = Long.parseUnsignedLong(fields[0], 16);
            if (fields[1].equalsIgnoreCase("t") && start <= address - base && start > nearest) {
                nearest = start;
                found = fields[2];
            }
        }
        return found;
    }
}
