package lab8;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.brkmap.analyse.Analysis;
import org.brkmap.evidence.ExerciseKind;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Draw;
import org.brkmap.lab.Exercise;
import org.brkmap.lab.Lab;
import org.brkmap.lab.Question;
import org.brkmap.model.Snapshot;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Lab("lab8")
@Order(1)
@DisplayName("Predict: answer before you look")
class PredictTest {
    private static final int DESCENTS = 6;

    @Test
    @Order(1)
    @DisplayName("How much stack does one call take?")
    @Exercise(
            id = "frame",
            kind = ExerciseKind.PREDICT,
            points = 9,
            hints = {
                "Build it with that LOCAL, and read what the function does first: objdump -d --disassemble=call.",
                "Three things move the stack pointer: the call itself, push %rbp, and sub $0x...,%rsp.",
                "Add 8 for the return address, 8 for the saved frame pointer, and the number that sub takes, which is "
                        + "in hexadecimal."
            },
            explanation = "A frame holds the return address, the caller's frame pointer, the locals, and room for the "
                    + "arguments; all rounded so that the stack pointer is a multiple of 16 at every call. "
                    + "A local is nothing but a distance from a register: that is why it costs nothing to make.")
    void howMuchStackACallTakes(Bench bench) {
        bench.predict(draw -> {
            long local = draw.between(100, 900);
            return Question.number(
                    () -> distance(Growth.frames(bench, local)),
                    "sample-c/frames is built with -DLOCAL=%d, and calls itself. "
                            + "By how many bytes does the stack pointer go down from one call to the next?",
                    local);
        });
    }

    private static long distance(Analysis run) {
        return Stacks.pointer(Stacks.at(run, "down 2")) - Stacks.pointer(Stacks.at(run, "down 3"));
    }

    @Test
    @Order(2)
    @DisplayName("What grows when alloca takes a piece of stack?")
    @Exercise(
            id = "far-end",
            kind = ExerciseKind.PREDICT,
            points = 8,
            hints = {
                "alloca moves a register. Does the kernel hear of that?",
                "The kernel hears of the first touch of a page, by a page fault. What does it make longer then, and what does it fill?",
                "The row is made longer down to the touched page; only touched pages come into memory."
            },
            explanation =
                    "The stack grows by page faults alone: a touch below the row, but within the limit, "
                            + "makes the row reach down to it. Pages between that nobody touched are mapped, and not in memory.")
    void whatGrowsWithAlloca(Bench bench) {
        bench.predict(draw -> {
            long kib = draw.between(2000, 4000);
            String touch = draw.one(List.of("near", "far", "far", "all"));
            return Question.choice(
                    () -> grown(Growth.farEnd(bench, kib, touch), kib),
                    List.of("size", "memory", "both", "neither"),
                    "far_end takes %d KiB of stack with alloca, and touches %s. "
                            + "What of [stack] grows by more than half of that: its size, what of it is in memory, both, neither?",
                    kib,
                    touch.equals("all") ? "all of it" : "only its " + touch + " end, a byte");
        });
    }

    private static String grown(Analysis run, long kib) {
        long half = kib * Stacks.KIB / 2;
        boolean size = Stacks.size(run, "after") - Stacks.size(run, "before") > half;
        boolean memory = Stacks.resident(run, "after") - Stacks.resident(run, "before") > half;
        return size ? memory ? "both" : "size" : memory ? "memory" : "neither";
    }

    @Test
    @Order(3)
    @DisplayName("How often does the stack become larger?")
    @Exercise(
            id = "growths",
            kind = ExerciseKind.PREDICT,
            points = 9,
            hints = {
                "What becomes of the row when the calls return? Who would have to tell the kernel?",
                "Nobody gives memory of the stack back. So which descents find room that is there already?",
                "Count the descents that go deeper than every one before; the first does, for [stack] begins with 132 KiB."
            },
            explanation =
                    "[stack] is as large as the deepest descent ever needed, and stays so until the program ends: "
                            + "returning moves a register, and the kernel does not hear of it. Its pages stay in memory, too.")
    void howOftenTheStackGrows(Bench bench) {
        bench.predict(draw -> {
            List<Long> descents = descents(draw);
            return Question.number(
                    () -> growths(Growth.descend(bench, descents)),
                    "descend goes down the stack and comes back %d times, to so many KiB: %s. "
                            + "At how many of these does [stack] become larger?",
                    DESCENTS,
                    descents.stream().map(String::valueOf).collect(Collectors.joining(", ")));
        });
    }

    /** Depths that differ by 100 KiB at least, in any order. */
    private static List<Long> descents(Draw draw) {
        List<Long> left = new ArrayList<>();
        for (long i = 1; i <= DESCENTS; i++) {
            left.add(100 + 300 * i + draw.between(0, 200));
        }
        List<Long> descents = new ArrayList<>();
        while (!left.isEmpty()) {
            descents.add(left.remove((int) draw.between(0, left.size() - 1L)));
        }
        return Collections.unmodifiableList(descents);
    }

    private static long growths(Analysis run) {
        List<Snapshot> moments = run.observation().snapshots().stream()
                .filter(snapshot ->
                        snapshot.label().equals("before") || snapshot.label().endsWith(" KiB back"))
                .toList();
        long growths = 0;
        for (int i = 1; i < moments.size(); i++) {
            if (Stacks.stack(moments.get(i)).size()
                    > Stacks.stack(moments.get(i - 1)).size()) {
                growths++;
            }
        }
        return growths;
    }

    @Test
    @Order(4)
    @DisplayName("Do two scopes share a place?")
    @Exercise(
            id = "slots",
            kind = ExerciseKind.PREDICT,
            points = 6,
            extra = true,
            hints = {
                "When the first scope has ended nobody needs its local: the compiler may give its place away.",
                "Nothing wipes a place; a mark goes only when something else is written there.",
                "Without -O, gcc lets arrays of disjoint scopes share a place, and gives plain numbers one each. "
                        + "objdump -d --disassemble=two_scopes shows the distances from %rbp."
            },
            explanation =
                    "How long a local lives and where it lies are two things. Scopes that do not overlap may share a "
                            + "place, so a pointer kept from the first may show what the second wrote; and what nobody overwrites, "
                            + "a password for example, stays where it was.")
    void whetherScopesShareAPlace(Bench bench) {
        bench.predict(draw -> {
            int count = draw.one(List.of(0, (int) draw.between(5, 20)));
            long seed = draw.between(1_000_000, 2_000_000_000);
            return Question.choice(
                    () -> Marks.find(bench, count, seed).word(),
                    List.of("both", "first", "second", "neither"),
                    "slots, built with -DCOUNT=%d (%s), writes a mark in each of two scopes, one after the other. "
                            + "Whose marks are found in the memory of its stack then?",
                    count,
                    count == 0 ? "each local is an int" : "each local is an array of " + count * Long.BYTES + " bytes");
        });
    }
}
