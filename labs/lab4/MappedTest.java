package lab4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.brkmap.check.MemoryAssertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.brkmap.analyse.Analysis;
import org.brkmap.check.Wording;
import org.brkmap.evidence.ExerciseKind;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Exercise;
import org.brkmap.lab.Lab;
import org.brkmap.lab.Recipe;
import org.brkmap.lab.ShownAfter;
import org.brkmap.lab.Space;
import org.brkmap.model.CallSite;
import org.brkmap.model.Ending;
import org.brkmap.model.Mapping;
import org.brkmap.model.MemoryEvent;
import org.brkmap.model.Snapshot;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Lab("lab4")
@Order(5)
@DisplayName("What mapping a file does")
class MappedTest {
    private static final long LENGTH = (1 << 20) + 1;

    private static Recipe mapping() {
        return Samples.mapping("mmap_copy: 1 MiB and a byte", Inputs.FOLDER + "sample.dat");
    }

    private static Recipe buffering() {
        return Samples.buffering("read_write_copy: 1 MiB and a byte", Inputs.FOLDER + "sample.dat");
    }

    /** One run of a sample program on a file of {@link #LENGTH} bytes. */
    private static Analysis run(Bench bench, Recipe recipe) {
        Inputs.file(bench, "sample.dat", LENGTH);
        return bench.observe(recipe);
    }

    @Test
    @Order(1)
    @DisplayName("While a copy maps both files there are two rows more, and then they are gone")
    @Exercise(id = "two-rows", kind = ExerciseKind.OBSERVE, points = 2)
    void twoRowsMore(Bench bench) {
        Analysis run = run(bench, mapping());
        long page = run.observation().host().pageSize();
        long whole = (LENGTH + page - 1) / page * page;
        List<MemoryEvent> mappings = List.of(only(run, "sample.dat"), only(run, "out.dat"));
        List<String> permissions = List.of("r--s", "rw-s");
        for (int i = 0; i < mappings.size(); i++) {
            assertThat(run)
                    .snapshot("mapped")
                    .regionHolding(mappings.get(i).result())
                    .hasSize(whole)
                    .hasPermissions(permissions.get(i));
        }
        assertThat(run).changesBetween("opened", "mapped").grewBy(2 * whole).areCausedBy("mmap");
        assertThat(run).changesBetween("copied", "unmapped").shrankBy(2 * whole).areCausedBy("munmap");
        bench.found("twice %s, in whole pages", Wording.bytes(whole));
    }

    private static MemoryEvent only(Analysis run, String file) {
        List<MemoryEvent> mappings = CopyProgram.mappingsOf(run, file);
        assertThat(mappings).as("calls of mmap with %s", file).hasSize(1);
        return mappings.get(0);
    }

    @Test
    @Order(2)
    @DisplayName("Mapping brings no page; copying brings them all")
    @Exercise(id = "pages-come", kind = ExerciseKind.OBSERVE, points = 1)
    void pagesCome(Bench bench) {
        Analysis run = run(bench, mapping());
        for (String file : List.of("sample.dat", "out.dat")) {
            assertThat(resident(run, "mapped", file))
                    .as("bytes of %s in memory when it is mapped", file)
                    .isZero();
            assertThat(resident(run, "copied", file))
                    .as("bytes of %s in memory when it is copied", file)
                    .isGreaterThanOrEqualTo(LENGTH);
        }
        bench.found("0 bytes, and then %s of each", Wording.bytes(resident(run, "copied", "out.dat")));
    }

    private static long resident(Analysis run, String label, String file) {
        Mapping row = CopyTest.row(Space.at(run, label), only(run, file));
        return Objects.requireNonNull(row.usage(), "smaps of " + file).rss();
    }

    @Test
    @Order(3)
    @DisplayName("A copy through a buffer leaves the address space alone")
    @Exercise(id = "no-rows", kind = ExerciseKind.OBSERVE, points = 1)
    void noRows(Bench bench) {
        Analysis run = run(bench, buffering());
        assertThat(run).changesBetween("opened", "copied").areNone();
        assertThat(run).traceBetween("opened", "copied").isEmpty();
        bench.found("no row, and no call about memory");
    }

    @Test
    @Order(4)
    @DisplayName("Both copies have the same bytes, and the mode that the umask leaves")
    @Exercise(id = "same-bytes", kind = ExerciseKind.OBSERVE, points = 2)
    void sameBytes(Bench bench) {
        for (Recipe recipe : List.of(mapping(), buffering())) {
            CopyProgram program = new CopyProgram(bench, recipe);
            Copies copies = new Copies(bench, program);
            copies.areRight();
            copies.replaceALongerFile();
            Inputs.none(bench, "out.dat");
            Copies.ends(program.run(CopyProgram.IN, CopyProgram.OUT), "5000 bytes");
            assertThat(copies.mode(CopyProgram.OUT))
                    .as("0644 less the umask 027")
                    .isEqualTo("rw-r-----");
        }
        bench.found("0 bytes to 32 MiB, and a file with holes; 0644 under umask 027 is 0640");
    }

    @Test
    @Order(5)
    @DisplayName("An empty file cannot be mapped, and need not be")
    @Exercise(id = "empty-file", kind = ExerciseKind.OBSERVE, points = 1)
    void anEmptyFile(Bench bench) {
        Analysis run = bench.observe(Samples.mapping("mmap_copy: an empty file", Inputs.file(bench, "nothing.dat", 0)));
        assertThat(run).endedWell();
        assertThat(CopyProgram.mappingsOf(run, "nothing.dat"))
                .as("calls of mmap with it")
                .isEmpty();
        bench.found("mmap of 0 bytes would be EINVAL: it is left out");
    }

    @Test
    @Order(6)
    @DisplayName("A file that becomes shorter under its mapping: SIGBUS, at the line that touches it")
    @Exercise(id = "sigbus", kind = ExerciseKind.OBSERVE, points = 2)
    void sigbus(Bench bench) {
        Analysis run = bench.observe(Recipe.of("shrink: a file is cut while it is mapped", "labs/lab4/shrink.c")
                .arguments(Inputs.letters(bench, "shrinks.dat", 5000))
                .withAnyEnding());
        Ending ending = run.observation().ending();
        assertThat(ending.signal()).as("what ended the program").isEqualTo("SIGBUS");
        Snapshot truncated = Space.at(run, "truncated");
        assertThat(truncated.mappingAt(only(run, "shrinks.dat").result()))
                .as("the row of the file when it has no bytes any more")
                .isPresent();
        CallSite where = Objects.requireNonNull(ending.where(), "the place of the crash");
        assertThat(where.function()).as("the function that crashed").isEqualTo("main");
        bench.found("%s at %s; the row was still there", ending.signal(), where.describe());
    }

    @Test
    @Order(7)
    @DisplayName("What is written to a shared mapping is in the file; to a private one, never")
    @ShownAfter("reaches")
    void sharedAndPrivate(Bench bench) {
        for (boolean synced : new boolean[] {true, false}) {
            assertThat(PredictTest.contents(bench, "shared", synced))
                    .as("shared")
                    .isEqualTo("b");
            assertThat(PredictTest.contents(bench, "private", synced))
                    .as("private")
                    .isEqualTo("a");
        }
        bench.found("with msync and without it");
    }

    @Test
    @Order(8)
    @DisplayName("Behind the end of a file: zeros, then SIGBUS, then SIGSEGV")
    @ShownAfter("past-end")
    void behindTheEnd(Bench bench) {
        long page = run(bench, buffering()).observation().host().pageSize();
        assertThat(Samples.touch(bench, 100, 3, page - 1))
                .as("in the file's last page")
                .isEqualTo("reads");
        assertThat(Samples.touch(bench, 100, 3, page))
                .as("in the page after it")
                .isEqualTo("SIGBUS");
        assertThat(Samples.touch(bench, 100, 3, 3 * page))
                .as("behind the mapping")
                .isEqualTo("SIGSEGV");
        bench.found("up to the page's end, up to the mapping's end, and behind it");
    }

    @Test
    @Order(9)
    @DisplayName("The page cache: cold and warm")
    void coldAndWarm(Bench bench) {
        Analysis run = bench.observe(Recipe.of("cold: a file's pages, before and after it is read", "labs/lab4/cold.c")
                .arguments(Inputs.file(bench, "cold.dat", 1 << 20)));
        Snapshot cold = Space.at(run, "cold: ");
        Snapshot warm = Space.at(run, "warm: ");
        bench.needs(
                !cold.label().substring(5).equals(warm.label().substring(5)),
                "this file system keeps its pages in memory whatever it is asked for: " + cold.label());
        bench.found("%s; %s", cold.label(), warm.label());
    }
}
