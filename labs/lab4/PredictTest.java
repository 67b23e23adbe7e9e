package lab4;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import org.brkmap.analyse.Analysis;
import org.brkmap.check.Wording;
import org.brkmap.evidence.ExerciseKind;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Draw;
import org.brkmap.lab.Exercise;
import org.brkmap.lab.Lab;
import org.brkmap.lab.Question;
import org.brkmap.lab.Recipe;
import org.brkmap.lab.Space;
import org.brkmap.libc.SystemFacts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Lab("lab4")
@Order(1)
@DisplayName("Predict: answer before you look")
class PredictTest {
    private static final Left LEFT = new Left();

    @Test
    @Order(1)
    @DisplayName("How much address space do two mappings take?")
    @Exercise(
            id = "two-files",
            kind = ExerciseKind.PREDICT,
            points = 6,
            hints = {
                "How many rows come, and how long is each? Rows are whole pages.",
                "Both files have the same length once the destination has been made as long as the source.",
                "Round the length up to a multiple of the page, and take it twice."
            },
            explanation =
                    "Each mapping is as long as its file, in whole pages. The rest of the last page is there and zero; what "
                            + "is written into it never reaches the file.")
    void howLongTheTwoMappingsAre(Bench bench) {
        bench.predict(draw -> {
            long page = SystemFacts.pageSize();
            long bytes = draw.between(20, 200) * page - draw.between(1, page - 1);
            return Question.number(
                    () -> whileMapped(bench, bytes),
                    "mmap_copy copies a file of %d bytes; a page has %d. By how many bytes is its address space larger while both"
                            + " files are mapped?",
                    bytes,
                    page);
        });
    }

    private static long whileMapped(Bench bench, long bytes) {
        Analysis run = bench.observe(
                Samples.mapping("mmap_copy: " + bytes + " bytes", Inputs.file(bench, "drawn.dat", bytes)));
        return Space.at(run, "mapped").totals().virtual()
                - Space.at(run, "opened").totals().virtual();
    }

    @Test
    @Order(2)
    @DisplayName("How often is read called?")
    @Exercise(
            id = "reads",
            kind = ExerciseKind.PREDICT,
            points = 6,
            hints = {
                "Each call brings at most one buffer. What does the last one bring?",
                "The program does not ask how long the file is: it reads until read tells it that nothing is left.",
                "The length divided by the buffer, rounded up, and one more that returns 0."
            },
            explanation =
                    "read returns what it has, and 0 at the end of the file. So a loop that knows nothing of the length "
                            + "needs one call more than there are buffers.")
    void howOftenReadIsCalled(Bench bench) {
        bench.needs(Io.isCounted(), "this kernel does not count calls: there is no /proc/self/io");
        bench.predict(draw -> {
            long buffer = 1024 * draw.one(List.of(3L, 4L, 5L, 8L, 12L, 16L));
            long bytes = buffer * draw.between(10, 60) + draw.between(1, buffer - 1);
            return Question.number(
                    () -> reads(bench, bytes, buffer),
                    "read_write_copy, built with -DBUFFER=%d, copies a file of %d bytes. How often does it call read for the"
                            + " source?",
                    buffer,
                    bytes);
        });
    }

    /** Against an empty file, for which it is called once. */
    private static long reads(Bench bench, long bytes, long buffer) {
        Recipe recipe = Samples.buffering("read_write_copy: " + Wording.bytes(buffer), Inputs.FOLDER + "drawn.dat")
                .define("BUFFER", buffer);
        String program = bench.build(recipe).executable().toString();
        String out = Inputs.FOLDER + "out.dat";
        Io empty = Io.of(bench, program, Inputs.file(bench, "empty.dat", 0), out);
        return 1
                + Io.of(bench, program, Inputs.file(bench, "drawn.dat", bytes), out)
                        .less(empty)
                        .reads();
    }

    @Test
    @Order(3)
    @DisplayName("Does the write reach the file?")
    @Exercise(
            id = "reaches",
            kind = ExerciseKind.PREDICT,
            points = 5,
            hints = {
                "Two flags of mmap(2) say whose the changes are.",
                "msync(2) writes to the disk what the page cache has. Is a private page in the page cache?",
                "MAP_SHARED: yes, with or without msync. MAP_PRIVATE: never."
            },
            explanation =
                    "A shared mapping is the page cache: every reader of the file sees the byte at once, and msync only "
                            + "hastens its way to the disk. The first write to a private page copies it, and the copy belongs to no file.")
    void whetherAWriteReachesTheFile(Bench bench) {
        bench.predict(draw -> {
            String kind = draw.one(List.of("shared", "private"));
            boolean synced = draw.one(List.of(true, false));
            return Question.choice(
                    () -> contents(bench, kind, synced).equals("b") ? "changed" : "unchanged",
                    List.of("changed", "unchanged"),
                    "A program maps a file with MAP_%s, writes to its first byte%s, and ends. What is the byte in the file then?",
                    kind.toUpperCase(Locale.ROOT),
                    synced ? ", calls msync" : " and does not call msync");
        });
    }

    /** The first byte of the file after change has run. */
    static String contents(Bench bench, String kind, boolean synced) {
        String file = Inputs.letters(bench, "change-" + kind + (synced ? "-synced" : "") + ".dat", 1);
        Recipe recipe = Recipe.of("change: " + kind + (synced ? ", msync" : ""), "labs/lab4/change.c")
                .arguments(file, kind);
        Analysis run = bench.observe(synced ? recipe.arguments("msync") : recipe);
        return LEFT.of(run, () -> read(bench, file));
    }

    private static String read(Bench bench, String file) {
        try {
            return Files.readString(bench.file(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @Order(4)
    @DisplayName("What happens behind the end of a file?")
    @Exercise(
            id = "past-end",
            kind = ExerciseKind.PREDICT,
            points = 6,
            hints = {
                "Three borders: the end of the file, the end of the page that holds it, and the end of the mapping.",
                "The kernel can give whole pages only, so the last page of the file is there in full.",
                "Up to the end of that page: reads. From there to the end of the mapping: SIGBUS. Behind the mapping: SIGSEGV."
            },
            explanation =
                    "The last page of a file is filled up with zeros. Pages behind it belong to the mapping, but there is "
                            + "nothing to fill them with: SIGBUS. Behind the mapping the address itself is not the program's: SIGSEGV.")
    void whatHappensBehindTheEnd(Bench bench) {
        bench.predict(draw -> {
            long page = SystemFacts.pageSize();
            long whole = draw.between(1, 5);
            long bytes = whole * page + draw.between(page / 8, page / 2);
            long pages = whole + draw.between(3, 5);
            long offset = offset(draw, page, bytes, whole + 1, pages);
            return Question.choice(
                    () -> Samples.touch(bench, bytes, pages, offset),
                    List.of("reads", "SIGBUS", "SIGSEGV"),
                    "A file has %d bytes; %d pages of %d bytes are mapped from its beginning, and nothing may be touched behind them."
                            + " A program reads the byte at offset %d of the mapping. What happens?",
                    bytes,
                    pages,
                    page,
                    offset);
        });
    }

    private static long offset(Draw draw, long page, long bytes, long filePages, long pages) {
        return switch (draw.one(List.of(0, 1, 2))) {
            case 0 -> draw.between(bytes + 1, filePages * page - 1);
            case 1 -> draw.between(filePages * page, pages * page - 1);
            default -> draw.between(pages * page, (pages + 1) * page);
        };
    }
}
