package lab7;

import java.util.List;
import org.brkmap.evidence.ExerciseKind;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Exercise;
import org.brkmap.lab.Lab;
import org.brkmap.lab.Question;
import org.brkmap.libc.SystemFacts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Lab("lab7")
@Order(1)
@DisplayName("Predict: answer before you look")
class PredictTest {
    @Test
    @Order(1)
    @DisplayName("What does free leave?")
    @Exercise(
            id = "left",
            kind = ExerciseKind.PREDICT,
            points = 6,
            hints = {
                "free gives the block back to malloc, not to the kernel. Who wipes it?",
                "malloc keeps small free blocks in a list, and the list's links need a place: the block itself.",
                "One link, and one mark by which a second free is noticed: two words."
            },
            explanation =
                    "A freed block is a place in a list, and the list lies in the block. All the rest stays as it was, "
                            + "until somebody gets the block and writes to it.")
    void whatFreeLeaves(Bench bench) {
        bench.predict(draw -> {
            long words = draw.between(12, 110);
            return Question.number(
                    () -> Rests.wordsLeft(bench, words * Long.BYTES),
                    "A program fills a block of %d bytes with %d words of 8 bytes, no two of them alike, and frees it. How many of"
                            + " these words still stand at their place?",
                    words * Long.BYTES,
                    words);
        });
    }

    @Test
    @Order(2)
    @DisplayName("How much does one read return?")
    @Exercise(
            id = "short",
            kind = ExerciseKind.PREDICT,
            points = 6,
            hints = {
                "What lies behind the end of the file, in its last page, and what behind that page? Lab 4 has met it.",
                "A read stops where the process itself could not read, and returns what it has got until then.",
                "The length of the file, rounded up to whole pages."
            },
            explanation =
                    "A read that cannot go on returns what it has; only the next one, which gets nothing at all, is an error"
                            + " (EIO). Who takes a short read for the end writes a dump that is too short.")
    void howMuchOneReadReturns(Bench bench) {
        bench.predict(draw -> {
            long page = SystemFacts.pageSize();
            long bytes = draw.between(2, 9) * page + draw.between(1, page - 1);
            long pages = bytes / page + draw.between(3, 6);
            return Question.number(
                    () -> Rests.oneRead(bench, bytes, pages),
                    "A process maps a file of %d bytes, for %d pages of %d bytes. One read of /proc/PID/mem, at the mapping's"
                            + " start, asks for all of these pages. How many bytes does it return?",
                    bytes,
                    pages,
                    page);
        });
    }

    @Test
    @Order(3)
    @DisplayName("Read, or refused?")
    @Exercise(
            id = "readable",
            kind = ExerciseKind.PREDICT,
            points = 6,
            hints = {
                "Can the process itself read it? That is not yet the answer, for a debugger may do more.",
                "/proc/PID/mem is made for debuggers, and goes past permissions as ptrace does, where the kernel allows it.",
                "[vdso] is ordinary memory, [vvar] is the kernel's own, shown to nobody else. Without PROT_READ the file usually reads,"
                        + " and process_vm_readv never."
            },
            explanation =
                    "Permissions bind the process, not its debugger: /proc/PID/mem reads past them unless the kernel was started"
                            + " with proc_mem.force_override=never. What is no ordinary memory, nobody reads.")
    void readOrRefused(Bench bench) {
        bench.predict(draw -> {
            Rests.Kind kind = draw.one(List.of(Rests.Kind.values()));
            return Question.choice(
                    () -> Rests.read(bench, kind) ? "read" : "refused",
                    List.of("read", "refused"),
                    "Another process wants the first byte of %s, by %s. Is it read, or refused?",
                    kind.what(),
                    kind.way());
        });
    }
}
