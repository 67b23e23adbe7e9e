package lab1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.brkmap.check.MemoryAssertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.brkmap.analyse.Analysis;
import org.brkmap.check.Wording;
import org.brkmap.elf.ElfFile;
import org.brkmap.elf.ProgramHeader;
import org.brkmap.evidence.ExerciseKind;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Exercise;
import org.brkmap.lab.Lab;
import org.brkmap.lab.Recipe;
import org.brkmap.lab.ShownAfter;
import org.brkmap.model.Mapping;
import org.brkmap.model.Role;
import org.brkmap.model.Snapshot;
import org.brkmap.procfs.ProcFs;
import org.brkmap.toolchain.Tool;
import org.brkmap.toolchain.ToolResult;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Lab("lab1")
@Order(8)
@DisplayName("Sizes, mapped and in memory")
class SizesTest {
    private static final long KIB = 1024;
    private static final String AREAS = "sample-c/modify-areas/modify-areas.c";

    /** What another alignment of a larger array may take beside it. */
    private static final long SLACK = 256;

    @Test
    @Order(1)
    @DisplayName("ps, pmap and the sum of the rows agree on what is mapped")
    void psAndPmapAgreeWithTheSum(Bench bench) throws IOException, InterruptedException {
        bench.needs(Tool.exists("ps") && Tool.exists("pmap"), "ps and pmap (package procps) are not installed");
        Path program = bench.build(Recipe.of("static-dynamic", "sample-c/static-dynamic/static-dynamic.c"))
                .executable();
        try (Standing standing = Standing.start(program)) {
            List<Mapping> rows = ProcFs.live().smaps(standing.pid());
            long vsyscall = Maps.bytes(rows.stream()
                    .filter(row -> row.backing().isLabelled("[vsyscall]"))
                    .toList());
            String pid = Integer.toString(standing.pid());
            String[] ps = output("ps", "-o", "vsz=,rss=", "-p", pid).strip().split(" +");
            assertThat(Long.parseLong(ps[0]) * KIB)
                    .as("VSZ of ps in bytes, and the sum of the rows but [vsyscall]")
                    .isEqualTo(Maps.bytes(rows) - vsyscall);
            String[] pmap = lastLine(output("pmap", "-x", pid)).strip().split(" +");
            assertThat(Long.parseLong(pmap[2]) * KIB)
                    .as("the total of pmap -x in bytes, and the sum of all rows")
                    .isEqualTo(Maps.bytes(rows));
            assertThat(Long.parseLong(pmap[3]) * KIB)
                    .as("the resident total of pmap -x in bytes, and the sum of Rss in smaps")
                    .isEqualTo(rows.stream().mapToLong(SizesTest::resident).sum());
            assertThat(ProcFs.live().status(standing.pid()).resident())
                    .as("VmRSS, and RSS of ps in bytes")
                    .isEqualTo(Long.parseLong(ps[1]) * KIB);
            bench.found(
                    "mapped: ps %s KiB, pmap %s KiB (it counts [vsyscall]); in memory: ps %s KiB, pmap %s KiB",
                    ps[0], pmap[2], ps[1], pmap[3]);
        }
    }

    @Test
    @Order(2)
    @DisplayName("What size counts fits into the program's rows; each section is rounded to pages")
    void sizeFitsIntoTheRows(Bench bench) throws IOException, InterruptedException {
        bench.needs(Tool.exists("size"), "size (package binutils) is not installed");
        for (Form form : Form.values()) {
            Snapshot map = form.asleep(bench);
            String program = String.valueOf(Maps.layout(map).executable());
            String[] fields = lastLine(output("size", program)).strip().split("\\s+");
            long counted = Long.parseLong(fields[3]);
            long mapped = Maps.bytes(Maps.rows(map, Role::isProgram));
            long page = page(bench);
            int segments = ElfFile.read(Path.of(program)).loads().size();
            // A segment is rounded down at its start and up at its end; beside sections it holds the file's headers.
            assertThat(mapped)
                    .as("bytes of the program's rows, %s, against %d of size", form.title(), counted)
                    .isGreaterThanOrEqualTo(counted)
                    .isLessThanOrEqualTo(counted + (2L * segments + 1) * page);
            if (form == Form.DYNAMIC) {
                bench.found("size: %d bytes; mapped: %s", counted, Wording.bytes(mapped));
            }
        }
    }

    @Test
    @ShownAfter("bss-pages")
    @Order(3)
    @DisplayName("One more KiB of .bss fits into a page that is there; a whole page more does not")
    void aKibOfBssMayChangeNothing(Bench bench) throws IOException {
        long page = page(bench);
        // Begin where the last page of .bss has room for 1 KiB, wherever that is with this compiler.
        long amount = 64;
        long room = roomInLastPage(bss(amount), bench, page);
        if (room < KIB + SLACK) {
            amount += room + SLACK;
        }
        bench.needs(roomInLastPage(bss(amount), bench, page) >= KIB + SLACK, "pages are too small for this here");
        long before = programBytes(bss(amount), bench);
        assertThat(programBytes(bss(amount + KIB), bench) - before)
                .as("bytes mapped more for 1 KiB more of .bss")
                .isZero();
        assertThat(programBytes(bss(amount + page), bench) - before)
                .as("bytes mapped more for a page more of .bss")
                .isEqualTo(page);
        bench.found("+1 KiB: 0 pages; +%s: 1 page", Wording.bytes(page));
    }

    @Test
    @Exercise(id = "large-bss", kind = ExerciseKind.OBSERVE, points = 1)
    @Order(4)
    @DisplayName("A large .bss is a row without a file, and makes the file no longer")
    void aLargeBssIsARowWithoutAFile(Bench bench) throws IOException {
        long large = 1 << 20;
        Analysis run = bench.observe(bss(large));
        List<Mapping> rows = Maps.rows(Maps.at(run, "start"), Role.PROGRAM_BSS);
        assertThat(rows)
                .as("rows of .bss")
                .isNotEmpty()
                .noneMatch(row -> row.backing().isFile());
        assertThat(Maps.bytes(rows)).as("bytes of these rows").isGreaterThanOrEqualTo(large - page(bench));
        long small = Files.size(bench.build(bss(64)).executable());
        assertThat(Files.size(bench.build(bss(large)).executable()) - small)
                .as("bytes that the file is longer with 1 MiB of .bss")
                .isLessThan(page(bench));
        bench.found("%s without a file", Wording.bytes(Maps.bytes(rows)));
    }

    @Test
    @ShownAfter("resident")
    @Order(5)
    @DisplayName("Mapping 16 MiB brings no page, reading none where zeros are shared, writing all")
    void readingMakesNothingResident(Bench bench) {
        Analysis run = bench.observe(Recipe.of("touch: 16 MiB mapped, read, written", "sample-c/touch/touch.c"));
        long bytes = 16 << 20;
        long address = Maps.madeAccessible(run, bytes).start();
        boolean zerosAreOwn = Boolean.FALSE.equals(run.observation().host().zeroPage());
        long read = zerosAreOwn ? bytes : 0;
        assertThat(run).snapshot("mapped").regionHolding(address).hasSize(bytes).hasResident(0);
        assertThat(run).snapshot("read").regionHolding(address).hasSize(bytes).hasResident(read);
        assertThat(run)
                .snapshot("written")
                .regionHolding(address)
                .hasSize(bytes)
                .hasResident(bytes);
        bench.found(
                "in memory: 0 bytes, %s, %s%s",
                Wording.bytes(read),
                Wording.bytes(bytes),
                zerosAreOwn ? "; this kernel has no page of zeros to share" : "");
    }

    private static Recipe bss(long amount) {
        return Recipe.of("modify-areas: " + amount + " bytes of .bss", AREAS)
                .define("BSS", 1)
                .define("AMOUNT", amount)
                .withoutProbe();
    }

    /** Bytes of the program's own rows before it has done anything. */
    private static long programBytes(Recipe recipe, Bench bench) {
        return Maps.bytes(Maps.rows(Maps.at(bench.observe(recipe), "start"), Role::isProgram));
    }

    private static long roomInLastPage(Recipe recipe, Bench bench, long page) throws IOException {
        long end = ElfFile.read(bench.build(recipe).executable()).loads().stream()
                .filter(ProgramHeader::isWritable)
                .mapToLong(load -> load.address() + load.memorySize())
                .max()
                .orElseThrow(() -> new AssertionError("the program has no data"));
        return (page - end % page) % page;
    }

    private static long resident(Mapping row) {
        if (row.usage() == null) {
            throw new AssertionError("smaps does not say how much of " + row.range() + " is in memory");
        }
        return row.usage().rss();
    }

    private static long page(Bench bench) {
        return Form.DYNAMIC.observe(bench).observation().host().pageSize();
    }

    private static String output(String... command) throws IOException, InterruptedException {
        ToolResult result = Tool.of(command).run();
        assertThat(result.succeeded())
                .as(String.format(Locale.ROOT, "%s: %s", Arrays.toString(command), result.stderr()))
                .isTrue();
        return result.stdout();
    }

    private static String lastLine(String text) {
        return text.lines().reduce((earlier, later) -> later).orElse("");
    }
}
