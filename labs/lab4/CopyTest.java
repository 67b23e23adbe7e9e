package lab4;

import static org.assertj.core.api.Assertions.assertThat;

import org.brkmap.analyse.Analysis;
import org.brkmap.evidence.ExerciseKind;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Exercise;
import org.brkmap.lab.Lab;
import org.brkmap.lab.Part;
import org.brkmap.lab.Recipe;
import org.brkmap.lab.Space;
import org.brkmap.model.Mapping;
import org.brkmap.model.MemoryEvent;
import org.brkmap.model.Snapshot;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Lab("lab4")
@Order(4)
@DisplayName("Write both copies")
class CopyTest {
    private static final String RW = "labs/lab4/rw_copy.c";
    private static final String MM = "labs/lab4/mm_copy.c";
    private static final String TASK = "write copy()";
    private static final String TURN = "static void copy";
    private static final Recipe RW_COPY = Recipe.of("rw_copy, as you wrote it: 1 MiB", RW);
    private static final Recipe MM_COPY = Recipe.of("mm_copy, as you wrote it: 1 MiB", MM);

    private static final long MIB = CopyProgram.MIB;

    /** Counts of a shell's own reading vary by a few bytes. */
    private static final long NOISE = 16 * 1024;

    @Test
    @Order(1)
    @DisplayName("Copy by read and write")
    @Exercise(
            id = "rw-copy",
            kind = ExerciseKind.MODIFY,
            points = 13,
            hints = {
                "A loop: read into a buffer until read returns 0. What does it return if it fails, and what may write return?",
                "write may take less than it was given: call it again with the rest. And an old, longer file must be cut: O_TRUNC.",
                "fstat the source, and open the destination with O_WRONLY | O_CREAT | O_TRUNC and st_mode & 0777; the kernel takes the "
                        + "umask away. Check every call, close included."
            },
            explanation =
                    "The data goes from the page cache into your buffer and back into the page cache: two copies, "
                            + "two system calls for each buffer, and no change of the address space.")
    void copyByReadAndWrite(Bench bench) {
        bench.edited(RW, TASK);
        bench.lookAt(TURN);
        CopyProgram program = new CopyProgram(bench, RW_COPY);
        Copies copies = new Copies(bench, program);
        Once copying = new Once(() -> {
            Analysis run = program.observe();
            program.doesItItself(run);
            for (String file : new String[] {"in.dat", "out.dat"}) {
                assertThat(CopyProgram.mappingsOf(run, file))
                        .as("calls of mmap with %s", file)
                        .isEmpty();
            }
            program.leavesNothingToTheKernel(run);
            copies.areRight();
            if (Io.isCounted()) {
                Io moved = program.moves();
                assertThat(moved.read()).as("bytes read, of a MiB").isBetween(MIB - NOISE, MIB + NOISE);
                assertThat(moved.written()).as("bytes written, of a MiB").isBetween(MIB - NOISE, MIB + NOISE);
            }
        });
        bench.parts(
                Part.of(7, copying),
                Part.of(3, copying.and(() -> {
                    copies.replaceALongerFile();
                    copies.keepTheMode();
                })),
                Part.of(3, copying.and(() -> {
                    copies.tellWhatFails();
                    copies.tellOfAFullDevice();
                    copies.tellOfAShortWrite();
                })));
        bench.found("8 files, and 5 failures told");
    }

    @Test
    @Order(2)
    @DisplayName("Copy by mapping")
    @Exercise(
            id = "mm-copy",
            kind = ExerciseKind.MODIFY,
            points = 14,
            hints = {
                "Map the source with PROT_READ, and the destination with PROT_READ | PROT_WRITE and MAP_SHARED: what is private never "
                        + "reaches the file.",
                "A new file has length 0, and a mapping does not make it longer. And a mapping of length 0 is an error.",
                "open with O_RDWR | O_CREAT | O_TRUNC and st_mode & 0777; ftruncate to the source's length; if that is not 0: two mmaps, "
                        + "checkpoint(\"mapped\"), memcpy, munmap. Check every call."
            },
            explanation =
                    "Two rows more, each as long as the file in whole pages, and then one memcpy: the page cache itself is "
                            + "the program's memory. What read and write cost in calls and copying, this costs in page faults.")
    void copyByMapping(Bench bench) {
        bench.edited(MM, TASK);
        bench.lookAt(TURN);
        CopyProgram program = new CopyProgram(bench, MM_COPY);
        Copies copies = new Copies(bench, program);
        Once copying = new Once(() -> {
            Analysis run = program.observe();
            program.doesItItself(run);
            Snapshot mapped = Space.at(run, "mapped");
            isMapped(run, mapped, "in.dat");
            isMapped(run, mapped, "out.dat");
            program.leavesNothingToTheKernel(run);
            copies.areRight();
            if (Io.isCounted()) {
                Io moved = program.moves();
                assertThat(moved.read())
                        .as("bytes that go through read, of a MiB")
                        .isLessThan(NOISE);
                assertThat(moved.written())
                        .as("bytes that go through write, of a MiB")
                        .isLessThan(NOISE);
            }
        });
        bench.parts(
                Part.of(8, copying),
                Part.of(3, copying.and(() -> {
                    copies.replaceALongerFile();
                    copies.keepTheMode();
                })),
                Part.of(3, copying.and(copies::tellWhatFails)));
        bench.found("8 files, and 3 failures told");
    }

    private static void isMapped(Analysis run, Snapshot mapped, String file) {
        long bytes = CopyProgram.mappingsOf(run, file).stream()
                .mapToLong(event -> event.arg(1))
                .sum();
        assertThat(bytes).as("bytes of %s that were mapped", file).isGreaterThanOrEqualTo(MIB);
        assertThat(mapped.mappings().stream()
                        .filter(row -> row.backing().name().endsWith("/" + file))
                        .mapToLong(Mapping::size)
                        .sum())
                .as("bytes of %s in the map at \"mapped\"", file)
                .isPositive();
    }

    @Test
    @Order(3)
    @DisplayName("So many pages of fresh memory")
    @Exercise(
            id = "pages",
            kind = ExerciseKind.MODIFY,
            points = 8,
            hints = {
                "sbrk and malloc are no mappings of their own. Which flag of mmap(2) says that there is no file?",
                "The length is in bytes. munmap takes the same start and the same length.",
                "mmap(NULL, pages * size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), where size is "
                        + "sysconf(_SC_PAGESIZE); and munmap(start, pages * size)."
            },
            explanation =
                    "An anonymous mapping is the kernel's own unit of memory: malloc's large blocks, thread stacks and "
                            + "the memory of other languages' runtimes are made of it.")
    void mapPages(Bench bench) {
        bench.edited("labs/lab4/map_pages.c", "write map_pages() and unmap_pages()");
        bench.lookAt("static char *map_pages");
        Pages.areMapped(bench, 3);
        Pages.areMapped(bench, 1000);
        bench.found("3 and 1000 pages, mapped and unmapped");
    }

    @Test
    @Order(4)
    @DisplayName("A large buffer: few calls")
    @Exercise(
            id = "calls",
            kind = ExerciseKind.MODIFY,
            points = 4,
            extra = true,
            after = "rw-copy",
            hints = {
                "strace -c counts the calls of your program. What decides how many there are?",
                "Each read brings at most one buffer. 64 KiB, or more.",
                "64 KiB, or 1 MiB, as a static array: the stack is not the place for it."
            },
            explanation =
                    "A system call has a fixed cost, whatever it moves; a larger buffer shares it among more bytes. Beyond some "
                            + "hundred KiB nothing is gained, and the buffer leaves the processor's caches.")
    void fewCalls(Bench bench) {
        bench.edited(RW, "copy 1 MiB with no more than a read for each 64 KiB");
        bench.lookAt("buffer[");
        bench.needs(Io.isCounted(), "this kernel does not count calls: there is no /proc/self/io");
        CopyProgram program = new CopyProgram(bench, RW_COPY);
        program.observe();
        Io moved = program.moves();
        assertThat(moved.reads())
                .as("calls of read for 1 MiB, beyond those for one byte")
                .isLessThanOrEqualTo(16);
        assertThat(moved.writes())
                .as("calls of write for 1 MiB, beyond those for one byte")
                .isLessThanOrEqualTo(16);
        bench.found("%d reads and %d writes more for 1 MiB than for one byte", moved.reads(), moved.writes());
    }

    @Test
    @Order(5)
    @DisplayName("A full disk is an error, not a SIGBUS")
    @Exercise(
            id = "full-disk",
            kind = ExerciseKind.MODIFY,
            points = 8,
            extra = true,
            after = "mm-copy",
            hints = {
                "ftruncate makes a file of holes: nothing is on the disk yet. When does the kernel look for room?",
                "At the first touch, by a page fault, which has no way to return an error. So ask for the room before.",
                "posix_fallocate(file, 0, length) behind ftruncate, or in its place. It returns the error's number, and leaves errno alone."
            },
            explanation =
                    "A store to memory cannot fail politely: the kernel's only answer is SIGBUS. Whoever writes through "
                            + "a mapping therefore reserves the room first, while a system call can still say ENOSPC.")
    void aFullDiskIsAnError(Bench bench) {
        bench.edited(MM, "reserve the room of the destination before you map it");
        bench.lookAt("ftruncate");
        new CopyProgram(bench, MM_COPY).observe();
        new SmallDisk(bench).isFilledBy(new CopyProgram(bench, MM_COPY));
        bench.found("4 MiB to a disk of 1 MiB: an error that is told");
    }

    @Test
    @Order(6)
    @DisplayName("A file that is long enough to be written to")
    @Exercise(
            id = "grow-file",
            kind = ExerciseKind.MODIFY,
            points = 8,
            extra = true,
            hints = {
                "What is the length of the file when it is mapped, and what when memset begins?",
                "Addresses behind the last page of the file have nothing behind them: SIGBUS. Which call makes a file longer?",
                "ftruncate(file, LENGTH), and check it; posix_fallocate does more: it reserves the room, too."
            },
            explanation =
                    "mmap maps addresses to places in a file, and does not make the file longer. A place that the file "
                            + "does not have is a SIGBUS when it is touched, not an error when it is mapped.")
    void growTheFile(Bench bench) {
        bench.edited("labs/lab4/grow_file.c", "let the file be long enough before it is written to");
        bench.lookAt("Your turn. */");
        Pages.areWrittenToTheFile(bench);
        bench.found("64 KiB in the file, through the mapping");
    }

    /** All bytes of a mapping of this event lie in one row of this snapshot. */
    static Mapping row(Snapshot snapshot, MemoryEvent event) {
        return snapshot.mappingAt(event.result()).orElseThrow(() -> new AssertionError("what was mapped is not there"));
    }
}
