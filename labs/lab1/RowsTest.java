package lab1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.brkmap.check.MemoryAssertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.brkmap.check.Wording;
import org.brkmap.elf.ElfFile;
import org.brkmap.elf.ProgramHeader;
import org.brkmap.evidence.ExerciseKind;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Exercise;
import org.brkmap.lab.Lab;
import org.brkmap.model.AddressRange;
import org.brkmap.model.Mapping;
import org.brkmap.model.ProcessLayout;
import org.brkmap.model.Role;
import org.brkmap.model.Snapshot;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Lab("lab1")
@Order(6)
@DisplayName("What stands in a map")
class RowsTest {
    /** What each part of a program may do, as every current compiler and linker lays it out. */
    private static final Map<Role, String> PERMISSIONS = new EnumMap<>(Map.of(
            Role.PROGRAM_HEADERS, "r--p",
            Role.PROGRAM_TEXT, "r-xp",
            Role.PROGRAM_RODATA, "r--p",
            Role.PROGRAM_RELRO, "r--p",
            Role.PROGRAM_DATA, "rw-p",
            Role.HEAP, "rw-p",
            Role.LIBRARY_TEXT, "r-xp",
            Role.LIBRARY_RODATA, "r--p",
            Role.LIBRARY_DATA, "rw-p",
            Role.STACK, "rw-p"));

    @Test
    @Exercise(id = "every-row", kind = ExerciseKind.OBSERVE, points = 1)
    @Order(1)
    @DisplayName("Program, heap, libraries, stack and the kernel's own rows: every row has a purpose")
    void everyRowHasAPurpose(Bench bench) {
        Form.needGlibc(bench);
        Snapshot map = Form.DYNAMIC.asleep(bench);
        assertThat(map).hasOnlyExplainedMappings().hasHeap().has(Role.LOADER).has(Role.VDSO);
        PERMISSIONS.forEach((role, permissions) -> {
            assertThat(map).has(role);
            assertThat(Maps.rows(map, role))
                    .as("permissions of " + role.title())
                    .allMatch(row -> row.permissions().toString().equals(permissions));
        });
        Set<Role> roles = EnumSet.noneOf(Role.class);
        map.mappings().forEach(row -> roles.add(row.role()));
        bench.found("%d rows, %d purposes", map.mappings().size(), roles.size());
    }

    @Test
    @Exercise(id = "never-both", kind = ExerciseKind.OBSERVE, points = 1)
    @Order(2)
    @DisplayName("Nothing is both writable and executable")
    void nothingIsWritableAndExecutable(Bench bench) {
        for (Form form : Form.values()) {
            assertThat(form.asleep(bench).mappings())
                    .as("rows of " + form.title())
                    .noneMatch(row ->
                            row.permissions().write() && row.permissions().execute());
        }
        bench.found("in none of the four ways to link");
    }

    @Test
    @Order(3)
    @DisplayName("Rows are in order, do not overlap, and begin and end with a page")
    void rowsAreOrderedAndWholePages(Bench bench) {
        Snapshot map = Form.DYNAMIC.asleep(bench);
        long page = page(bench);
        List<Mapping> rows = map.mappings();
        assertThat(rows)
                .allMatch(row -> row.range().start() % page == 0)
                .allMatch(row -> row.size() > 0 && row.size() % page == 0)
                .allMatch(row -> row.backing().offset() % page == 0);
        for (int i = 1; i < rows.size(); i++) {
            assertThat(Long.compareUnsigned(
                            rows.get(i - 1).range().end(), rows.get(i).range().start()))
                    .as("the end of row %d against the start of the next", i - 1)
                    .isNotPositive();
        }
        bench.found("%d rows, pages of %s", rows.size(), Wording.bytes(page));
    }

    @Test
    @Order(4)
    @DisplayName("Device and inode name the file, and are 0 where there is none")
    void deviceAndInodeNameTheFile(Bench bench) {
        List<Mapping> rows = Form.DYNAMIC.asleep(bench).mappings();
        Set<String> files = new TreeSet<>();
        for (Mapping row : rows) {
            if (!row.backing().isFile()) {
                assertThat(row.backing().inode())
                        .as("inode of row " + row.range())
                        .isZero();
                continue;
            }
            files.add(row.backing().name());
            assertThat(rows)
                    .filteredOn(
                            other -> other.backing().name().equals(row.backing().name()))
                    .as("rows of " + row.backing().name())
                    .allMatch(other -> other.backing().sameFile(row.backing()));
        }
        bench.found(
                "%d of %d rows are of %d files",
                rows.stream().filter(row -> row.backing().isFile()).count(), rows.size(), files.size());
    }

    @Test
    @Exercise(id = "segments", kind = ExerciseKind.OBSERVE, points = 1)
    @Order(5)
    @DisplayName("The program's rows are the segments of its file, rounded to pages")
    void theProgramsRowsAreItsSegments(Bench bench) throws IOException {
        for (Form form : Form.values()) {
            Snapshot map = form.asleep(bench);
            ElfFile file = ElfFile.read(Path.of(String.valueOf(Maps.layout(map).executable())));
            List<Mapping> rows = Maps.rows(map, Role::isProgram);
            Mapping lowest = rows.get(0);
            long page = page(bench);
            long bias = file.loadBias(lowest.range().start(), lowest.backing().offset(), page)
                    .orElseThrow(() -> new AssertionError("no segment of the program begins at " + lowest.range()));
            assertThat(Maps.joined(rows.stream().map(Mapping::range).toList()))
                    .as("where hello, linked " + form.title() + ", is mapped")
                    .isEqualTo(Maps.joined(file.loads().stream()
                            .map(load -> pages(load, bias, page))
                            .toList()));
        }
        bench.found("in all four ways to link");
    }

    @Test
    @Exercise(id = "mm-struct", kind = ExerciseKind.OBSERVE, points = 1)
    @Order(6)
    @DisplayName("The fields of mm_struct, as /proc/PID/stat shows them, point into the rows they should")
    void theKernelsFieldsPointIntoTheirRows(Bench bench) {
        Snapshot map = Form.DYNAMIC.asleep(bench);
        ProcessLayout layout = Maps.layout(map);
        bench.needs(layout.startCode() != null && layout.endData() != null, "the kernel keeps these fields to itself");
        holds(map, "start_code", layout.startCode(), Role.PROGRAM_TEXT);
        holds(map, "end_code - 1", last(layout.endCode()), Role.PROGRAM_TEXT);
        holds(map, "start_data", layout.startData(), Role.PROGRAM_RELRO);
        holds(map, "end_data - 1", last(layout.endData()), Role.PROGRAM_DATA);
        holds(map, "start_brk", layout.startBrk(), Role.HEAP);
        holds(map, "start_stack", layout.startStack(), Role.STACK);
        holds(map, "arg_start", layout.argStart(), Role.STACK);
        holds(map, "env_end - 1", last(layout.envEnd()), Role.STACK);
        assertThat(List.of(layout.startStack(), layout.argStart(), layout.argEnd(), layout.envStart(), layout.envEnd()))
                .as("start_stack, arg_start, arg_end, env_start, env_end")
                .isSorted();
        assertThat(Maps.row(map, Role.HEAP).range().start())
                .as("the first address of the heap, and start_brk")
                .isEqualTo(layout.startBrk());
        bench.found("start_code … env_end: eight fields, each in its row");
    }

    @Test
    @Order(7)
    @DisplayName("A row is called [heap] or [stack] because of an address, and once")
    void labelsComeFromAddresses(Bench bench) {
        Form.needGlibc(bench);
        for (Form form : Form.values()) {
            Snapshot map = form.asleep(bench);
            ProcessLayout layout = Maps.layout(map);
            bench.needs(layout.startBrk() != null && layout.startStack() != null, "the kernel keeps these to itself");
            assertThat(map.mappings())
                    .filteredOn(row -> row.backing().isLabelled("[stack]"))
                    .as("rows called [stack] in " + form.title())
                    .singleElement()
                    .matches(row -> row.range().contains(layout.startStack()), "holds start_stack");
            assertThat(map.mappings())
                    .filteredOn(row -> row.backing().isLabelled("[heap]"))
                    .as("rows called [heap] in " + form.title())
                    .singleElement()
                    .matches(row -> row.range().end() >= layout.startBrk(), "ends above start_brk");
        }
        bench.found("in all four ways to link");
    }

    @Test
    @Order(8)
    @DisplayName("[vsyscall] lies outside user space, and no sum counts it")
    void vsyscallIsOutside(Bench bench) {
        Snapshot map = Form.DYNAMIC.asleep(bench);
        List<Mapping> rows = Maps.rows(map, Role.VSYSCALL);
        bench.needs(!rows.isEmpty(), "this kernel shows no [vsyscall]");
        Mapping row = rows.get(0);
        // The upper half of the 64-bit addresses is the kernel's: as a signed number they are negative.
        assertThat(row.range().start())
                .as("the address of [vsyscall], as a signed number")
                .isNegative();
        assertThat(map.mappings())
                .filteredOn(other -> other != row)
                .as("the other rows")
                .allMatch(other -> other.range().start() > 0);
        assertThat(Maps.bytes(map.mappings()) - map.totals().virtual())
                .as("all rows less the total that counts")
                .isEqualTo(row.size());
        bench.found(
                "%s at %s",
                Wording.bytes(row.size()), AddressRange.hex(row.range().start()));
    }

    private static long page(Bench bench) {
        return Form.DYNAMIC.observe(bench).observation().host().pageSize();
    }

    private static AddressRange pages(ProgramHeader load, long bias, long page) {
        long start = load.address() & -page;
        long end = (load.address() + load.memorySize() + page - 1) & -page;
        return new AddressRange(start + bias, end + bias);
    }

    private static Long last(Long end) {
        return end == null ? null : Long.valueOf(end - 1);
    }

    private static void holds(Snapshot map, String field, Long address, Role role) {
        assertThat(address).as(field).isNotNull();
        assertThat(map.mappingAt(address).map(Mapping::role))
                .as("the purpose of the row that holds " + field)
                .contains(role);
    }
}
