package lab1;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.brkmap.analyse.Analysis;
import org.brkmap.check.Wording;
import org.brkmap.elf.ElfFile;
import org.brkmap.elf.ProgramHeader;
import org.brkmap.evidence.ExerciseKind;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Exercise;
import org.brkmap.lab.Lab;
import org.brkmap.lab.Question;
import org.brkmap.lab.Recipe;
import org.brkmap.libc.SystemFacts;
import org.brkmap.model.AddressRange;
import org.brkmap.model.Mapping;
import org.brkmap.model.Role;
import org.brkmap.model.Snapshot;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Lab("lab1")
@Order(1)
@DisplayName("Say it before you look")
class PredictTest {
    private static final long KIB = 1024;

    /** What the smallest program has in its .bss for the question about it. */
    private static final long SMALL = 64;

    @Test
    @Order(1)
    @Exercise(
            id = "stripe-rows",
            kind = ExerciseKind.PREDICT,
            points = 5,
            hints = {
                "A row is a range of addresses that are alike. What makes two neighbouring pages unlike here?",
                "Draw the pages in a line, and mark those that cannot be written. Where does a row end?",
                "Each stripe is a row, and so is each stretch before, between and behind the stripes."
            },
            explanation =
                    "A row has one set of permissions. Each mprotect of a page in the middle cuts a row in three: "
                            + "two rows more, though not one byte more is mapped. Who counts rows does not count calls of mmap.")
    @DisplayName("How many rows is a mapping with stripes?")
    void rowsOfAStripedMapping(Bench bench) {
        bench.predict(draw -> {
            long stripes = draw.between(2, 7);
            long pages = 3 * stripes + draw.between(1, 20);
            return Question.number(
                    () -> stripedRows(bench, pages, stripes),
                    "%d pages are mapped by one mmap, readable and writable; then mprotect makes %d of them read-only,"
                            + " none at either end, no two of them neighbours."
                            + " How many rows of the map show the %d pages?",
                    pages,
                    stripes,
                    pages);
        });
        bench.found("as in sample-c/stripes");
    }

    @Test
    @Order(2)
    @Exercise(
            id = "bss-pages",
            kind = ExerciseKind.PREDICT,
            points = 7,
            hints = {
                "Memory is mapped in whole pages. Is the last page of .bss full?",
                "The first bytes that are added go into what is left of that page, and cost nothing.",
                "Take away from what is added what is left of the last page; divide by the page, and round up."
            },
            explanation =
                    "Only whole pages are mapped. What fits into the last page of .bss is there already, so the first "
                            + "bytes cost nothing; of what remains every page that is begun costs a page. The file grows by nothing at all.")
    @DisplayName("How many pages more for a larger .bss?")
    void pagesForMoreBss(Bench bench) {
        bench.predict(draw -> {
            long page = SystemFacts.pageSize();
            long room = room(bench, page);
            // Now and then little enough to fit, and never so that a few bytes of alignment decide.
            long more = draw.one(List.of(KIB, 2 * KIB, 5 * KIB, 9 * KIB, 18 * KIB, 27 * KIB, 42 * KIB))
                    + draw.between(0, 3) * 512;
            return Question.number(
                    () -> (programBytes(bench, SMALL + more) - programBytes(bench, SMALL)) / page,
                    "A program's .bss ends %d bytes before the end of its last page; a page has %d bytes."
                            + " Its array in .bss is made %d bytes longer."
                            + " How many pages more does the program's part of the map have?",
                    room,
                    page,
                    more);
        });
        bench.found("as in sample-c/modify-areas, built with -DBSS");
    }

    @Test
    @Order(3)
    @Exercise(
            id = "resident",
            kind = ExerciseKind.PREDICT,
            points = 6,
            hints = {
                "Mapped is not in memory. What must happen to a page before memory is spent on it?",
                "A page that was only read is a page of zeros like any other: they can all be the same one, if the kernel has"
                        + " one to share. \"page of zeros\" in ./brkmap doctor tells of yours.",
                "Where the page of zeros is shared, count the pages that are written, and nothing else. Where it is not, each"
                        + " page that was read is one of its own."
            },
            explanation =
                    "Reading fresh anonymous memory maps the kernel's one page of zeros, again and again: it costs "
                            + "page faults, but no memory, and Rss does not count it. The first write to a page brings a page of its own. "
                            + "In some virtual machines the kernel has no such page to share: there, reading brings memory, too.")
    @DisplayName("How much is in memory after reading all and writing some?")
    void residentAfterReadingAndWriting(Bench bench) {
        bench.predict(draw -> {
            long mib = draw.between(2, 24);
            long stride = draw.one(List.of(2L, 4L, 8L, 16L));
            return Question.number(
                    () -> resident(bench, mib * KIB * KIB, stride),
                    "A program maps %d MiB of anonymous memory, and reads a byte of every page of it."
                            + " Then it writes a byte to the first page and to every %s from there. A page has %d bytes."
                            + " How much of the mapping is in memory then? (write 64 KiB, or 65536)",
                    mib,
                    nth(stride),
                    SystemFacts.pageSize());
        });
        bench.found("as in sample-c/touch");
    }

    private static long stripedRows(Bench bench, long pages, long stripes) {
        Analysis run = bench.observe(
                Recipe.of("stripes: " + pages + " pages, " + stripes + " stripes", "sample-c/stripes/stripes.c")
                        .define("PAGES", pages)
                        .define("STRIPES", stripes));
        long page = SystemFacts.pageSize();
        AddressRange area = Maps.madeAccessible(run, pages * page);
        List<Mapping> rows = Maps.at(run, "striped").mappings().stream()
                .filter(row -> area.contains(row.range()))
                .toList();
        assertThat(Maps.bytes(rows)).as("bytes of these rows").isEqualTo(area.length());
        return rows.size();
    }

    private static long room(Bench bench, long page) {
        try {
            long end = ElfFile.read(bench.build(bss(SMALL)).executable()).loads().stream()
                    .filter(ProgramHeader::isWritable)
                    .mapToLong(load -> load.address() + load.memorySize())
                    .max()
                    .orElse(0);
            return (page - end % page) % page;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Recipe bss(long amount) {
        return Recipe.of("modify-areas: an array of " + Wording.bytes(amount), "sample-c/modify-areas/modify-areas.c")
                .define("BSS", 1)
                .define("AMOUNT", amount)
                .withoutProbe();
    }

    private static long programBytes(Bench bench, long amount) {
        return Maps.bytes(Maps.rows(Maps.at(bench.observe(bss(amount)), "start"), Role::isProgram));
    }

    private static String nth(long number) {
        return number == 2 ? "second" : number + "th";
    }

    private static long resident(Bench bench, long bytes, long stride) {
        Analysis run = bench.observe(Recipe.of(
                        "touch: " + Wording.bytes(bytes) + ", every " + nth(stride) + " page written",
                        "sample-c/touch/touch.c")
                .define("AMOUNT", bytes)
                .define("STRIDE", stride));
        Snapshot written = Maps.at(run, "written");
        Mapping area = written.mappingAt(Maps.madeAccessible(run, bytes).start())
                .orElseThrow(() -> new AssertionError("what was mapped is not there"));
        if (area.usage() == null) {
            throw bench.notChecked("this kernel does not say how much of a row is in memory");
        }
        return area.usage().rss();
    }
}
