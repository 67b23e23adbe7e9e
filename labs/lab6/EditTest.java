package lab6;

import static org.assertj.core.api.Assertions.assertThat;
import static org.brkmap.check.MemoryAssertions.assertThat;

import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.brkmap.analyse.Analysis;
import org.brkmap.evidence.ExerciseKind;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Exercise;
import org.brkmap.lab.Lab;
import org.brkmap.lab.Part;
import org.brkmap.lab.Recipe;
import org.brkmap.model.AddressRange;
import org.brkmap.model.Mapping;
import org.brkmap.model.MemoryEvent;
import org.brkmap.model.Role;
import org.brkmap.model.Snapshot;
import org.brkmap.toolchain.Tool;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Lab("lab6")
@Order(4)
@DisplayName("Change programs")
class EditTest {
    private static final String FOLDER = "labs/lab6/";

    /** SIZE in left.c. */
    private static final long SEGMENT = 1062507;

    private static final int PAGES = 64;

    /** MAP_POPULATE of mmap(2). */
    private static final long POPULATE = 0x8000;

    /** MADV_POPULATE_READ and MADV_POPULATE_WRITE of madvise(2): other advice brings no page into the address space. */
    private static final Set<Long> ADVICE = Set.of(22L, 23L);

    @Test
    @Order(1)
    @DisplayName("A counter for two")
    @Exercise(
            id = "counter",
            kind = ExerciseKind.MODIFY,
            points = 9,
            hints = {
                "After fork the child writes to a copy. Which kind of mapping is not copied?",
                "mmap with MAP_SHARED | MAP_ANONYMOUS, before fork; the length may be sizeof *counter, the kernel rounds it up.",
                "counter = mmap(NULL, sizeof *counter, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0); "
                        + "and compare with MAP_FAILED."
            },
            explanation = "malloc's memory is private to each process after fork, wherever it came from. "
                    + "What two processes are to share must be asked for as shared, before they part or by a name.")
    void aCounterForTwo(Bench bench) {
        bench.edited(FOLDER + "counter.c", "let parent and child count in the same memory");
        bench.lookAt("malloc(sizeof *counter)");
        long count = 10_000 + bench.file(FOLDER).toString().hashCode() % 1000;
        Watched watched = Watched.of(
                bench,
                Recipe.of("counter, as you changed it", FOLDER + "counter.c").arguments(count));
        Analysis run = watched.run();
        int parent = Processes.parent(run);
        int child = Processes.child(run);
        long address = Processes.pointedAt(run, 1);
        assertThat(watched.word("before", parent, address))
                .as("the counter before the child is there")
                .isZero();
        assertThat(watched.word("counted", child, address))
                .as("what the child has counted to, in its memory")
                .isEqualTo(count);
        assertThat(watched.word("counted", parent, address))
                .as("what stands at the same address in the parent")
                .isEqualTo(count);
        assertThat(Processes.row(Processes.at(run, "counted", parent), address)
                        .permissions()
                        .shared())
                .as("the counter's mapping is shared (s in maps)")
                .isTrue();
        bench.found("%d, in both", count);
    }

    @Test
    @Order(2)
    @DisplayName("Ten pages copied, and no more")
    @Exercise(
            id = "even",
            kind = ExerciseKind.MODIFY,
            points = 10,
            hints = {
                "One write copies one page, whatever it writes. Which bytes lie in page number 4?",
                "Page i begins at area + i * page. Write one byte of each of the ten.",
                "for (int i = 0; i < 20; i += 2) area[i * page] = 'c';"
            },
            explanation =
                    "Copying is done by the page, at the first write, and by the kernel: a program cannot see that it "
                            + "happens, but by the time it takes and by what its pages share.")
    void tenPagesCopied(Bench bench) {
        bench.edited(FOLDER + "even.c", "write in the child so that exactly the pages 0, 2, 4 ... 18 are copied");
        bench.lookAt("Your turn.");
        Watched watched = Watched.of(bench, Recipe.of("even, as you changed it", FOLDER + "even.c"));
        Analysis run = watched.run();
        long address = Processes.pointedAt(run, 1);
        BitSet wanted = new BitSet();
        for (int i = 0; i < 20; i += 2) {
            wanted.set(i);
        }
        long length = PAGES * Processes.page(run);
        for (int pid : new int[] {Processes.child(run), Processes.parent(run)}) {
            Snapshot snapshot = Processes.at(run, "child done", pid);
            String who = pid == Processes.parent(run) ? "parent" : "child";
            Mapping row = Processes.row(snapshot, address);
            assertThat(row.range().contains(AddressRange.ofLength(address, length))
                            && !row.permissions().shared())
                    .as("the %s still has all of the area in one private row", who)
                    .isTrue();
            assertThat(Processes.anonymous(row))
                    .as("bytes of it that the %s has in memory", who)
                    .isGreaterThanOrEqualTo(length);
            assertThat(watched.own("child done", pid, address, PAGES))
                    .as("pages that belong to the %s alone", who)
                    .isEqualTo(wanted);
        }
        bench.found("pages %s belong to each of the two alone, and %d to both", wanted, PAGES - wanted.cardinality());
    }

    @Test
    @Order(3)
    @DisplayName("A segment that nobody leaves behind")
    @Exercise(
            id = "left",
            kind = ExerciseKind.MODIFY,
            points = 9,
            hints = {
                "Nothing removes a segment but IPC_RMID. When may a program say that?",
                "On Linux a segment that is marked for removal stays until the last process has detached, or died.",
                "shmctl(id, IPC_RMID, NULL); right behind shmat, before anything can go wrong."
            },
            explanation = "It is the idiom of an unlinked temporary file: take the name away while you hold the thing. "
                    + "Then the kernel cleans up, whatever becomes of the program.")
    void aSegmentThatNobodyLeaves(Bench bench) {
        bench.edited(
                FOLDER + "left.c", "mend it so that the segment is gone when the program has ended, however it ends");
        bench.needs(
                Tool.exists("ipcrm"), "ipcrm is not installed (package util-linux), to remove what a program leaves");
        bench.lookAt("Your turn.");
        Segments.sweep(bench, SEGMENT);
        try {
            bench.parts(
                    Part.of(
                            4,
                            () -> leavesNothing(bench, Recipe.of("left, as you changed it", FOLDER + "left.c"), null)),
                    Part.of(
                            5,
                            () -> leavesNothing(
                                    bench,
                                    Recipe.of("left, as you changed it, and it aborts", FOLDER + "left.c")
                                            .arguments("die")
                                            .withAnyEnding(),
                                    "SIGABRT")));
        } finally {
            Segments.sweep(bench, SEGMENT);
        }
        bench.found("nothing is left, of a program that ends and of one that aborts");
    }

    private static void leavesNothing(Bench bench, Recipe recipe, @Nullable String signal) {
        Analysis run = bench.observe(recipe);
        List<Segments.Segment> left = Segments.leftBy(run, bench);
        assertThat(run.observation().ending().signal())
                .as("the signal that ended it")
                .isEqualTo(signal);
        MemoryEvent attached = Segments.attached(run);
        assertThat(Segments.row(run, "in use").role()).as("what is in use").isEqualTo(Role.SHARED);
        assertThat(attached.extent()).as("bytes of the segment").isGreaterThanOrEqualTo(SEGMENT);
        assertThat(Processes.usage(Segments.row(run, "in use")).rss())
                .as("bytes of it in memory at \"in use\"")
                .isGreaterThanOrEqualTo(SEGMENT);
        assertThat(left).as("segments that are left when the program has ended").isEmpty();
    }

    @Test
    @Order(4)
    @DisplayName("Have it before you touch it")
    @Exercise(
            id = "fetch",
            kind = ExerciseKind.MODIFY,
            points = 12,
            extra = true,
            hints = {
                "MADV_WILLNEED brings a file into the page cache. What brings it into the address space?",
                "MADV_POPULATE_READ (Linux 5.14) does, for a mapping that is there; MAP_POPULATE, when it is made.",
                "madvise(memory, status.st_size, MADV_POPULATE_READ) with a check for -1; or MAP_PRIVATE | MAP_POPULATE in mmap."
            },
            explanation =
                    "Each page that is in the cache but not in the page tables costs a minor fault, "
                            + "and one that is not even in the cache a major one, which waits for the disk. Asking first does it in one call.")
    void haveItBeforeYouTouchIt(Bench bench) {
        bench.edited(FOLDER + "fetch.c", "have all of the mapping in memory at \"ready\", by asking the kernel");
        bench.lookAt("mmap(");
        Path file = Fetched.file(bench);
        Analysis run = bench.observe(
                Recipe.of("fetch, as you changed it", FOLDER + "fetch.c").arguments(file));
        Snapshot ready = Processes.at(run, "ready", Processes.parent(run));
        Mapping row = Fetched.row(ready, file);
        assertThat(row.size()).as("bytes of the mapping").isGreaterThanOrEqualTo(Fetched.LENGTH);
        assertThat(Processes.usage(row).rss())
                .as("bytes of the mapping in memory at \"ready\"")
                .isEqualTo(row.size());
        assertThat(run.observation().events())
                .as("calls that ask for all of it: madvise with MADV_POPULATE_READ, or mmap with MAP_POPULATE")
                .anyMatch(event -> event.succeeded() && asks(event, row.range()));
        bench.found("%d KiB in memory before the first touch", row.size() / Processes.KIB);
    }

    private static boolean asks(MemoryEvent event, AddressRange range) {
        boolean populates = event.call().equals("mmap") && (event.arg(3) & POPULATE) != 0;
        long start = populates ? event.result() : event.arg(0);
        long end = start + event.arg(1);
        return (populates || event.call().equals("madvise") && ADVICE.contains(event.arg(2)))
                && start <= range.start()
                && end >= range.start() + Fetched.LENGTH;
    }
}
