package lab6;

import java.util.List;
import org.brkmap.analyse.Analysis;
import org.brkmap.evidence.ExerciseKind;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Exercise;
import org.brkmap.lab.Lab;
import org.brkmap.lab.Question;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Lab("lab6")
@Order(1)
@DisplayName("Predict: answer before you look")
class PredictTest {
    @Test
    @Order(1)
    @DisplayName("Who sees what was written?")
    @Exercise(
            id = "cells",
            kind = ExerciseKind.PREDICT,
            points = 8,
            hints = {
                "Two questions: is the mapping shared or private, and is there a file behind it?",
                "Private: a write makes a copy for the writer alone. Shared: there is one page, for whoever maps it.",
                "Private: the writer. Shared and anonymous: both processes. Shared and of a file: whoever reads the file, too."
            },
            explanation =
                    "MAP_PRIVATE and MAP_SHARED decide who sees a write; a file behind the mapping decides what it begins "
                            + "with, and whether a shared write outlives the processes. Shared anonymous memory is a file, too: "
                            + "one of tmpfs that has no name.")
    void whoSeesWhatWasWritten(Bench bench) {
        bench.predict(draw -> {
            Cells cell = draw.one(List.of(Cells.values()));
            boolean childWrites = draw.between(0, 1) == 0;
            return Question.choice(
                    () -> cell.seenBy(Watched.of(bench, Forks.CELLS), childWrites),
                    Cells.WHO,
                    "A page is mapped with %s, before fork. Afterwards the %s writes to it. Who finds what was written: "
                            + "the writer alone, both processes, or whoever reads the file, too?",
                    cell.title(),
                    childWrites ? "child" : "parent");
        });
    }

    @Test
    @Order(2)
    @DisplayName("How many pages are copied?")
    @Exercise(
            id = "copies",
            kind = ExerciseKind.PREDICT,
            points = 9,
            hints = {
                "What happens at the first write to a shared page, and what is left for the other process?",
                "The writer gets the copy; then each of the two has a page of its own. Does the other one's write need another?",
                "A page is copied once, by whoever writes first. Count the pages that at least one of the two writes."
            },
            explanation =
                    "The kernel counts who maps a page. The first writer gets a copy; the other one is then the only owner of "
                            + "the old page, and writes to it without any copying. It does not matter who was there first.")
    void howManyPagesAreCopied(Bench bench) {
        bench.predict(draw -> {
            long pages = draw.between(80, 120);
            long child = draw.between(20, 40);
            long from = draw.between(10, 19);
            long count = draw.between(15, 55);
            return Question.number(
                    () -> copies(bench.observe(Forks.copying(pages, 1, child, from, count)), pages),
                    "A parent writes to %d pages and forks. The child writes to the pages 0 to %d, "
                            + "and after that the parent to %d to %d. How many pages does the kernel copy?",
                    pages,
                    child - 1,
                    from,
                    from + count - 1);
        });
    }

    /** What the two have of the area, by their shares, beyond what there was at first. */
    private static long copies(Analysis run, long pages) {
        long address = Processes.pointedAt(run, 1);
        long shares = 0;
        for (int pid : new int[] {Processes.parent(run), Processes.child(run)}) {
            shares += Processes.pss(Processes.row(Processes.at(run, Forks.DONE, pid), address));
        }
        return shares / Processes.page(run) - pages;
    }

    @Test
    @Order(3)
    @DisplayName("What is the child's Pss?")
    @Exercise(
            id = "pss",
            kind = ExerciseKind.PREDICT,
            points = 9,
            hints = {
                "Pss counts each page by the part that falls to the process: a page that n processes map counts 1/n.",
                "What the child has written is its own, and counts whole. Who maps the rest?",
                "Pages written × 4096 + pages not written × 4096 / (children + 1), with pages of 4 KiB."
            },
            explanation = "Rss counts a shared page in every process, so sums of Rss count it often; sums of Pss count "
                    + "everything once. That makes Pss the number to ask what a group of processes costs.")
    void whatTheChildsPssIs(Bench bench) {
        bench.predict(draw -> {
            long children = draw.one(List.of(1L, 3L));
            long pages = 4 * draw.between(16, 32);
            long writes = 4 * draw.between(3, 12);
            return Question.number(
                    () -> childsPss(bench.observe(Forks.copying(pages, children, writes, 0, 0))),
                    "A parent writes to %d pages and starts %d child%s, the first of which writes to %d of them. "
                            + "What is the Pss of these %d pages in that child, in bytes? (A page has %d.)",
                    pages,
                    children,
                    children == 1 ? "" : "ren",
                    writes,
                    pages,
                    4096);
        });
    }

    private static long childsPss(Analysis run) {
        long address = Processes.pointedAt(run, 1);
        return Processes.pss(Processes.row(Processes.at(run, "child wrote", Processes.child(run)), address));
    }

    @Test
    @Order(4)
    @DisplayName("How much of a segment is in memory?")
    @Exercise(
            id = "touched",
            kind = ExerciseKind.PREDICT,
            points = 8,
            extra = true,
            hints = {
                "shmget maps nothing, shmat touches nothing. What brings a page?",
                "The first touch of it. How many different pages do these writes touch?",
                "Writes a page or less apart touch every page up to the last one; writes farther apart one page each."
            },
            explanation = "Memory comes at the first touch, page by page, for shared memory as for any other. "
                    + "A segment of gigabytes that nobody touches costs addresses and a few tables.")
    void howMuchOfASegmentIsInMemory(Bench bench) {
        bench.predict(draw -> {
            long kib = draw.between(300, 900);
            long stride = draw.one(List.of(1024L, 3 * 4096L, 5 * 4096L + 8));
            long bytes = draw.between(100_000, 300_000);
            return Question.number(
                    () -> Segments.touched(Segments.run(bench, kib, bytes, stride)),
                    "A segment of %d KiB is attached, and a byte is written at its offsets 0, %d, %d and so on, below %d. "
                            + "How many bytes of it are in memory then?",
                    kib,
                    stride,
                    2 * stride,
                    bytes);
        });
    }
}
