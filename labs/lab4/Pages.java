package lab4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.brkmap.check.MemoryAssertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import org.brkmap.analyse.Analysis;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Recipe;
import org.brkmap.lab.Space;
import org.brkmap.model.AddressRange;
import org.brkmap.model.Mapping;
import org.brkmap.model.MemoryEvent;
import org.brkmap.model.Role;

/** map_pages and grow_file: what they must do. */
final class Pages {
    private static final long MAP_SHARED = 1;
    private static final long PROT_WRITE = 2;
    private static final int LENGTH = 64 * 1024;

    private Pages() {}

    /** So many pages come by one mmap, are used, and go by munmap; the heap has no part in it. */
    static void areMapped(Bench bench, long pages) {
        Analysis run =
                bench.observe(Recipe.of("map_pages, as you wrote it: " + pages + " pages", "labs/lab4/map_pages.c")
                        .arguments(pages));
        long bytes = pages * run.observation().host().pageSize();
        assertThat(run).changesBetween("start", "mapped").leftAlone(Role.HEAP);
        List<MemoryEvent> mapped = run.observation().events().stream()
                .filter(event -> event.seq() >= Space.at(run, "start").eventsBefore())
                .filter(event -> event.seq() < Space.at(run, "mapped").eventsBefore())
                .filter(event -> event.call().equals("mmap") && event.succeeded())
                .toList();
        assertThat(mapped.stream().map(event -> event.arg(1)))
                .as("lengths of what was mapped between \"start\" and \"mapped\"")
                .containsExactly(bytes);
        AddressRange range = AddressRange.ofLength(mapped.get(0).result(), bytes);
        assertThat(run).snapshot("mapped").covers(range);
        Mapping row = Space.at(run, "mapped").mappingAt(range.start()).orElseThrow();
        assertThat(row.role()).as("what was mapped").isEqualTo(Role.ANONYMOUS);
        assertThat(row.permissions().toString())
                .as("permissions of what was mapped")
                .isEqualTo("rw-p");
        assertThat(Space.anonymous(Space.at(run, "written"), Role::isCounted)
                        - Space.anonymous(Space.at(run, "mapped"), Role::isCounted))
                .as("bytes that come into memory when the pages are written to")
                .isBetween(bytes, bytes + LENGTH);
        assertThat(run).snapshot("unmapped").doesNotCover(range);
        assertThat(run).changesBetween("start", "unmapped").leftAlone(Role.HEAP);
    }

    /** 64 KiB of x get into the file, through the mapping and by no other way. */
    static void areWrittenToTheFile(Bench bench) {
        String file = Inputs.FOLDER + "grown.dat";
        bench.prepare(() -> Inputs.none(bench, "grown.dat"));
        Recipe recipe = Recipe.of("grow_file, as you changed it", "labs/lab4/grow_file.c")
                .arguments(file);
        Analysis run = bench.observe(recipe);
        List<MemoryEvent> mappings = CopyProgram.mappingsOf(run, "grown.dat").stream()
                .filter(event -> (event.arg(3) & MAP_SHARED) != 0 && (event.arg(2) & PROT_WRITE) != 0)
                .toList();
        assertThat(mappings).as("shared, writable mappings of the file").isNotEmpty();
        Mapping row = CopyTest.row(Space.at(run, "written"), mappings.get(mappings.size() - 1));
        assertThat(row.size()).as("bytes of the mapping at \"written\"").isGreaterThanOrEqualTo(LENGTH);
        try {
            assertThat(Files.readString(bench.file(file)).equals("x".repeat(LENGTH)))
                    .as("whether the file holds 64 KiB of x")
                    .isTrue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (Io.isCounted()) {
            Io moved = Io.of(bench, bench.build(recipe).executable().toString(), file);
            assertThat(moved.written())
                    .as("bytes that went through write, some of a shell's own among them")
                    .isLessThan(LENGTH / 2);
        }
    }
}
