package lab6;

import static org.assertj.core.api.Assertions.assertThat;
import static org.brkmap.check.MemoryAssertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.brkmap.analyse.Analysis;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Lab;
import org.brkmap.lab.Recipe;
import org.brkmap.lab.ShownAfter;
import org.brkmap.model.Usage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Lab("lab6")
@Order(8)
@DisplayName("What smaps counts")
class FieldsTest {
    /** What fields.c points at by these numbers. */
    private static final long MEMORY = 1;

    private static final long FILE = 2;
    private static final long HUGE = 3;

    /** A field of smaps, the step of fields.c that moves it up, and on what machine it may stay. */
    private record Field(
            String name,
            Function<Usage, @Nullable Long> value,
            long row,
            String before,
            String after,
            @Nullable String staysIf) {
        private static Field of(
                String name, Function<Usage, @Nullable Long> value, long row, String before, String after) {
            return new Field(name, value, row, before, after, null);
        }

        private Field unless(String reason) {
            return new Field(name, value, row, before, after, reason);
        }

        /** How it moved, in KiB; null where a machine may keep it where it is, and this one does. */
        private @Nullable String moves(Analysis run) {
            Long from = bytes(run, before);
            Long to = bytes(run, after);
            if (staysIf != null && (from == null || to == null || to <= from)) {
                return null;
            }
            assertThat(to)
                    .as("%s at \"%s\", in bytes, against \"%s\"", name, after, before)
                    .isNotNull()
                    .isGreaterThan(from == null ? 0 : from);
            return String.format(
                    Locale.ROOT,
                    "%-14s %4d -> %4d KiB at \"%s\"",
                    name,
                    (from == null ? 0 : from) / Processes.KIB,
                    (to == null ? 0 : to) / Processes.KIB,
                    after);
        }

        /** Null if the program left the step out, or the kernel does not tell. */
        private @Nullable Long bytes(Analysis run, String label) {
            return run.observation().snapshots().stream()
                    .filter(snapshot -> snapshot.pid() == Processes.parent(run))
                    .filter(snapshot -> snapshot.label().equals(label))
                    .findFirst()
                    .map(snapshot -> Processes.row(snapshot, Processes.pointedAt(run, row)))
                    .map(Processes::usage)
                    .map(value)
                    .orElse(null);
        }
    }

    private static final String NO_DISK = "the file lies where nothing is ever clean";

    private static final List<Field> FIELDS = List.of(
            Field.of("Rss", Usage::rss, MEMORY, "mapped", "written"),
            Field.of("Pss", Usage::pss, MEMORY, "mapped", "written"),
            Field.of("Private_Dirty", Usage::privateDirty, MEMORY, "mapped", "written"),
            Field.of("Referenced", Usage::referenced, MEMORY, "mapped", "written"),
            Field.of("Anonymous", Usage::anonymous, MEMORY, "mapped", "written"),
            Field.of("Private_Clean", Usage::privateClean, FILE, "mapped", "read")
                    .unless(NO_DISK),
            Field.of("Locked", Usage::locked, MEMORY, "written", "locked").unless("mlock(2) is refused"),
            Field.of("Shared_Dirty", Usage::sharedDirty, MEMORY, "written", "shared"),
            Field.of("Shared_Clean", Usage::sharedClean, FILE, "read", "shared").unless(NO_DISK),
            Field.of("LazyFree", Usage::lazyFree, MEMORY, "alone", "lazy").unless("the kernel is older than 4.12"),
            Field.of("AnonHugePages", Usage::anonymousHuge, HUGE, "mapped", "huge")
                    .unless("the kernel has no huge page to give"),
            Field.of("Swap", Usage::swap, MEMORY, "lazy", "out").unless("the machine has no swap"));

    @Test
    @Order(1)
    @DisplayName("Each field that counts pages moves, each at a step of its own")
    @ShownAfter("pss")
    void eachFieldMoves(Bench bench) {
        Analysis run = bench.observe(Recipe.of("fields: a step for each field of smaps", "sample-c/fields/fields.c")
                .arguments(Fetched.file(bench)));
        assertThat(run).endedWell();
        List<String> findings = new ArrayList<>();
        for (Field field : FIELDS) {
            String move = field.moves(run);
            findings.add(
                    move != null ? move : String.format(Locale.ROOT, "%-14s n/a: %s", field.name(), field.staysIf()));
        }
        long alone = Processes.pss(
                Processes.row(Processes.at(run, "alone", Processes.parent(run)), Processes.pointedAt(run, MEMORY)));
        long shared = Processes.pss(
                Processes.row(Processes.at(run, "shared", Processes.parent(run)), Processes.pointedAt(run, MEMORY)));
        assertThat(2 * shared)
                .as("twice the Pss of memory that two processes share")
                .isEqualTo(alone);
        bench.found("%s", String.join("\n", findings));
    }
}
