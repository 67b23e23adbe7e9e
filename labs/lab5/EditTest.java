package lab5;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.brkmap.evidence.ExerciseKind;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Exercise;
import org.brkmap.lab.Lab;
import org.brkmap.lab.Part;
import org.brkmap.toolchain.Valgrind;
import org.brkmap.toolchain.ValgrindFinding;
import org.brkmap.toolchain.ValgrindReport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Lab("lab5")
@Order(5)
@DisplayName("Change programs")
class EditTest {
    private static final String FOLDER = "labs/lab5/";

    @Test
    @Order(1)
    @DisplayName("Find three leaks, and mend them")
    @Exercise(
            id = "mend",
            kind = ExerciseKind.MODIFY,
            points = 12,
            hints = {
                "valgrind --leak-check=full ./orders 100 names the line where each lost block was taken. Who should have freed it?",
                "A name is lost when parse gives up, a page when page is overwritten, and all orders but one in discard.",
                "free(name) before return NULL; free(page) before the next report; and in discard a loop that remembers next "
                        + "before it frees the order."
            },
            explanation =
                    "Each block has an owner at each moment, and a leak is a moment without one: an early return, an "
                            + "assignment over the last pointer, a structure whose root goes before its branches.")
    void mendTheLeaks(Bench bench) {
        bench.edited(FOLDER + "orders.c", "find what is lost, and mend it, with the same requests");
        bench.lookAt("static void discard");
        Orders orders = Orders.of(bench);
        ValgrindReport report = Valgrind.isInstalled() ? orders.underValgrind(bench) : null;
        if (report != null) {
            assertThat(report.errors().size())
                    .as("errors that valgrind finds: %s", Memcheck.told(report.errors(), "orders.c"))
                    .isZero();
        }
        bench.parts(
                Part.of(4, orders::losesNoNames), Part.of(4, orders::losesNoPages), Part.of(4, orders::losesNoOrders));
        if (report != null) {
            assertThat(report.lost().stream().mapToLong(ValgrindFinding::bytes).sum())
                    .as("bytes that valgrind finds lost: %s", Memcheck.told(report.lost(), "orders.c"))
                    .isZero();
        }
        bench.found(
                "%d blocks taken, written to and given back%s",
                orders.blocks(),
                report == null ? "; valgrind, which is not installed, was not asked" : "; valgrind finds none lost");
    }

    @Test
    @Order(2)
    @DisplayName("A macro that tells what a call has lost")
    @Exercise(
            id = "delta",
            kind = ExerciseKind.MODIFY,
            points = 10,
            hints = {
                "uordblks says what is in use in the heap, hblkhd what is mapped. Take both before and after the call.",
                "A small block that is freed may stay in a cache of its thread, up to seven of each size, and counts as in use. "
                        + "When does a call find that cache as it leaves it?",
                "Make the call once before the first mallinfo2: call; struct mallinfo2 before_ = mallinfo2(); call; "
                        + "struct mallinfo2 after_ = mallinfo2();"
            },
            explanation =
                    "malloc counts what it has handed out or put into a thread's cache as in use. So the first call of a "
                            + "clean module seems to lose up to seven blocks of each size, and the second none. "
                            + "A number that is read once proves no leak: growth from call to call does.")
    void aMacroThatTells(Bench bench) {
        bench.edited(FOLDER + "delta.h", "let the macro tell what a call takes and does not give back");
        bench.lookAt("#define LEAK_DELTA");
        Modules modules = Modules.of(bench);
        Optional<AssertionError> small = modules.mistold("hasty", "sloppy");
        Optional<AssertionError> large = modules.mistold("forgetful", "large");
        Optional<AssertionError> tidy = small.or(() -> modules.mistold("tidy"));
        bench.parts(part(3, small), part(3, large), part(4, tidy));
        bench.found(
                "tidy %d, hasty %d, sloppy %d bytes of the heap, forgetful %d mapped",
                modules.heap("tidy"), modules.heap("hasty"), modules.heap("sloppy"), modules.mapped("forgetful"));
    }

    @Test
    @Order(3)
    @DisplayName("Four faults that nobody sees")
    @Exercise(
            id = "bugs",
            kind = ExerciseKind.MODIFY,
            points = 8,
            hints = {
                "valgrind --track-origins=yes ./bugs 40: for each error read the first line that is yours, and then whose block it was.",
                "A word has an end; a node that was dropped is not yours any more; malloc's memory has no value yet; "
                        + "and realloc may leave the old place.",
                "strlen(word) + 1; add the value before drop(node); calloc(count, sizeof *seen); read larger[i], not array[i]."
            },
            explanation =
                    "None of the four crashes, because malloc rounds up, leaves freed bytes as they were, and often hands "
                            + "out zeros. valgrind knows of each byte whether it may be touched and whether it has a value.")
    void fourFaults(Bench bench) {
        bench.edited(FOLDER + "bugs.c", "mend what valgrind finds in each of the four functions");
        Memcheck.needed(bench);
        bench.lookAt("long copy_word");
        Bugs bugs = Bugs.of(bench);
        bench.parts(
                Part.of(2, bugs::copies), Part.of(2, bugs::sums), Part.of(2, bugs::counts), Part.of(2, bugs::grows));
        bench.found("four results as before, and valgrind finds nothing");
    }

    /** A part whose check was made already: parts that fail with the same are told once. */
    private static Part part(int points, Optional<AssertionError> failure) {
        return Part.of(
                points,
                () -> failure.ifPresent(error -> {
                    throw error;
                }));
    }
}
