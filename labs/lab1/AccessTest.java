package lab1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.brkmap.check.MemoryAssertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.brkmap.analyse.Analysis;
import org.brkmap.evidence.ExerciseKind;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Exercise;
import org.brkmap.lab.Lab;
import org.brkmap.lab.Recipe;
import org.brkmap.model.CallSite;
import org.brkmap.model.CheckpointKind;
import org.brkmap.model.Ending;
import org.brkmap.model.Mapping;
import org.brkmap.model.Role;
import org.brkmap.model.Snapshot;
import org.brkmap.toolchain.Tool;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Lab("lab1")
@Order(9)
@DisplayName("What one may do where, and other programs")
class AccessTest {
    private static final Pattern ADDRESS = Pattern.compile("touched 0x([0-9a-f]+)");

    @Test
    @Exercise(id = "text-fault", kind = ExerciseKind.OBSERVE, points = 1)
    @Order(1)
    @DisplayName("A write to .text ends the program with SIGSEGV, at that line")
    void aWriteToTextFaults(Bench bench) {
        Analysis run = bench.observe(Recipe.of("rewrite: a write to code", "sample-c/rewrite/rewrite.c")
                .withAnyEnding());
        Ending ending = run.observation().ending();
        assertThat(ending.signal()).as("the signal that ended it").isEqualTo("SIGSEGV");
        assertThat(Maps.row(Maps.at(run, "before"), Role.PROGRAM_TEXT)
                        .permissions()
                        .toString())
                .as("the permissions of the program's text")
                .isEqualTo("r-xp");
        assertThat(touched(ending))
                .as("the address that was touched, of the program's text")
                .matches(address -> Maps.row(Maps.at(run, "before"), Role.PROGRAM_TEXT)
                        .range()
                        .contains(address));
        assertThat(run.observation().snapshots())
                .as("checkpoints behind the write")
                .noneMatch(snapshot -> snapshot.label().equals("written"));
        CallSite where = ending.where();
        bench.found("%s at %s", ending.signal(), where == null ? "an unknown line" : where.describe());
    }

    @Test
    @Order(2)
    @DisplayName("A shell has the same kinds of rows, and so has every other program")
    void aShellHasTheSameRows(Bench bench) {
        Analysis run = bench.observe(Recipe.installed("a shell that waits for a line", "sh")
                .arguments("-c", "read line")
                .withAnyEnding()
                .withoutProbe());
        Snapshot map = waiting(run, CheckpointKind.INPUT);
        assertThat(map)
                .hasOnlyExplainedMappings()
                .hasHeap()
                .has(Role.PROGRAM_TEXT)
                .has(Role.STACK);
        bench.found("%d rows", map.mappings().size());
    }

    @Test
    @Order(3)
    @DisplayName("A static busybox does everything without a library row")
    void aStaticBusyboxHasNoLibraries(Bench bench) {
        bench.needs(Tool.exists("busybox"), "busybox is not installed (package busybox-static)");
        Analysis run = bench.observe(Recipe.installed("busybox, asleep", "busybox")
                .arguments("sleep", "1000")
                .withoutProbe());
        Snapshot map = waiting(run, CheckpointKind.SLEEP);
        bench.needs(
                map.mappings().stream().map(Mapping::role).noneMatch(Role::isLibrary),
                "the busybox that is installed is not a static one");
        assertThat(map).has(Role.PROGRAM_TEXT).has(Role.STACK).hasNo(Role.LIBRARY_TEXT);
        bench.found("%d rows", map.mappings().size());
    }

    /** The address at fault: 0, where nothing can lie, if the end of the program does not tell one. */
    private static long touched(Ending ending) {
        Matcher hex = ADDRESS.matcher(String.valueOf(ending.detail()));
        return hex.find() ? Long.parseUnsignedLong(hex.group(1), 16) : 0;
    }

    private static Snapshot waiting(Analysis run, CheckpointKind kind) {
        return run.observation().snapshots().stream()
                .filter(snapshot -> snapshot.kind() == kind)
                .findFirst()
                .orElseThrow(() -> new AssertionError("the program did not wait"));
    }
}
