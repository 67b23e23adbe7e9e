package lab2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.brkmap.check.MemoryAssertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.brkmap.analyse.Analysis;
import org.brkmap.check.Wording;
import org.brkmap.evidence.ExerciseKind;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Exercise;
import org.brkmap.lab.Lab;
import org.brkmap.lab.ShownAfter;
import org.brkmap.model.AllocatorCall;
import org.brkmap.model.Change;
import org.brkmap.model.ChangeKind;
import org.brkmap.model.MemoryEvent;
import org.brkmap.model.Role;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Lab("lab2")
@Order(5)
@DisplayName("Small blocks come from the heap")
class SmallBlocksTest {
    private static final long KIB = 1024;
    private static final long SMALL = 32 * KIB;
    private static final long MEDIUM = 64 * KIB;

    @Test
    @Order(1)
    @DisplayName("Ten blocks of 32 KiB move the program break, and not ten times")
    @Exercise(id = "small-share", kind = ExerciseKind.OBSERVE, points = 1)
    void smallBlocksShareMovesOfTheBreak(Bench bench) {
        blocksShareMovesOfTheBreak(SMALL, bench);
    }

    @Test
    @Order(2)
    @DisplayName("Ten blocks of 64 KiB do the same, with more moves")
    @Exercise(id = "medium-share", kind = ExerciseKind.OBSERVE, points = 1)
    void mediumBlocksShareMovesOfTheBreak(Bench bench) {
        blocksShareMovesOfTheBreak(MEDIUM, bench);
        int small = Blocks.movesOfTheBreak(Blocks.run(SMALL, bench)).size();
        int medium = Blocks.movesOfTheBreak(Blocks.run(MEDIUM, bench)).size();
        assertThat(medium).as("moves of the break with blocks twice the size").isGreaterThan(small);
    }

    private static void blocksShareMovesOfTheBreak(long size, Bench bench) {
        Analysis run = Blocks.run(size, bench);
        int mallocs = Blocks.mallocs(run, size).size();
        var calls =
                assertThat(run).traceBetween(Blocks.FIRST_KEY, Blocks.FREE_KEY).causedByRequestOf(size);
        calls.movesOfTheBreak().hasAtLeast(1).hasFewerThan(mallocs);
        calls.calls("mmap").isEmpty();
        long moves = Blocks.movesOfTheBreak(run).stream()
                .filter(event -> event.seq() >= Blocks.at(run, Blocks.FIRST_KEY).eventsBefore())
                .count();
        bench.fact("moves of the break, ten blocks of " + Wording.bytes(size), moves);
        bench.found("%d calls of malloc, %s of the break, no mmap", mallocs, Wording.count(moves, "move", "moves"));
    }

    @Test
    @Order(3)
    @DisplayName("The heap grows, no mapping is added, and each growth comes from the line with malloc")
    @Exercise(id = "growth-line", kind = ExerciseKind.OBSERVE, points = 1)
    void eachGrowthComesFromTheLineWithMalloc(Bench bench) {
        List<String> findings = new ArrayList<>();
        for (long size : List.of(SMALL, MEDIUM)) {
            Analysis run = Blocks.run(size, bench);
            var changes = assertThat(run).changesBetween(Blocks.FIRST_KEY, Blocks.FREE_KEY);
            changes.gainedOnly(Role.HEAP);
            changes.grew(Role.HEAP)
                    .areCausedBy("brk")
                    .areOnBehalfOf("malloc")
                    .areAtLineWith(Blocks.SOURCE, Blocks.MALLOC_LINE);
            findings.add(Wording.bytes(size) + ": heap "
                    + heapSizes(run).stream().map(Wording::bytes).collect(Collectors.joining(" -> ")));
        }
        bench.found("%s", String.join("\n", findings));
    }

    @Test
    @Order(4)
    @DisplayName("Every growth is predicted to the byte by glibc's rule")
    @ShownAfter("moves")
    void everyGrowthIsPredicted(Bench bench) {
        List<String> findings = new ArrayList<>();
        for (long size : List.of(SMALL, MEDIUM)) {
            Analysis run = Blocks.run(size, bench);
            List<Long> measured = growths(run);
            List<Long> predicted = forecast(run, Glibc.of(run, bench)).growths();
            assertThat(measured)
                    .as("growths of the heap in bytes, with blocks of " + Wording.bytes(size))
                    .isEqualTo(predicted);
            findings.add(Wording.bytes(size) + ": "
                    + Wording.count(measured.size(), "growth", "growths") + " after the first, as predicted: "
                    + measured.stream().map(Wording::signed).collect(Collectors.joining(", ")));
        }
        bench.found("%s", String.join("\n", findings));
    }

    @Test
    @Order(5)
    @DisplayName("Freeing the last block shrinks the heap only if that leaves more than enough at its top")
    @ShownAfter("last-freed")
    void freeingTheLastBlockTrimsByTheRule(Bench bench) {
        List<String> findings = new ArrayList<>();
        for (long size : List.of(SMALL, MEDIUM, SMALL + MEDIUM)) {
            Analysis run = Blocks.run(size, bench);
            Glibc glibc = Glibc.of(run, bench);
            long predicted = glibc.trim(size, forecast(run, glibc).top());
            var changes = assertThat(run).changesBetween(Blocks.FREE_KEY, Blocks.LAST_KEY);
            if (predicted == 0) {
                changes.leftAlone(Role.HEAP);
            } else {
                changes.shrank(Role.HEAP)
                        .shrankBy(predicted)
                        .areCausedBy("brk")
                        .areOnBehalfOf("free")
                        .areAtLineWith(Blocks.SOURCE, Blocks.FREE_LINE);
            }
            long measured = shrinkage(run);
            bench.fact("heap given back, blocks of " + Wording.bytes(size), measured);
            findings.add(Wording.bytes(size) + ": the heap "
                    + (measured == 0 ? "stays as it is" : "shrinks by " + Wording.bytes(measured)));
        }
        bench.found("%s", String.join("\n", findings));
    }

    /** The heap's size at each checkpoint where it has changed. */
    private static List<Long> heapSizes(Analysis run) {
        return run.observation().snapshots().stream()
                .map(snapshot -> snapshot.mappings().stream()
                        .filter(mapping -> mapping.role() == Role.HEAP)
                        .mapToLong(mapping -> mapping.size())
                        .sum())
                .filter(size -> size > 0)
                .distinct()
                .toList();
    }

    /** By how much each move of the break on behalf of malloc grew the heap, but for the first, which made it. */
    private static List<Long> growths(Analysis run) {
        List<MemoryEvent> moves = Blocks.movesOfTheBreak(run);
        List<Long> growths = new ArrayList<>();
        for (int i = 1; i < moves.size(); i++) {
            growths.add(moves.get(i).result() - moves.get(i - 1).result());
        }
        return growths;
    }

    /** What the rule says of the heap, from the first allocation (the buffer of standard output) to the last block. */
    private static Glibc.Forecast forecast(Analysis run, Glibc glibc) {
        List<AllocatorCall> takes = Blocks.takes(run);
        return glibc.forecast(takes, Blocks.movesOfTheBreak(run).get(0).result());
    }

    private static long shrinkage(Analysis run) {
        int from = Blocks.at(run, Blocks.FREE_KEY).id();
        int to = Blocks.at(run, Blocks.LAST_KEY).id();
        return run.changes().stream()
                .filter(change -> change.from() == from && change.to() == to)
                .filter(change -> change.role() == Role.HEAP && change.kind() == ChangeKind.SHRANK)
                .mapToLong(Change::bytes)
                .map(bytes -> -bytes)
                .sum();
    }
}
