package lab1;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
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
import org.brkmap.toolchain.ToolResult;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Lab("lab1")
@Order(4)
@DisplayName("Make it so")
class ModifyTest {
    private static final String FLAGS = "labs/lab1/link.flags";
    private static final String PLACE = "labs/lab1/place.c";
    private static final String PATCH = "labs/lab1/patch.c";
    private static final String TOTAL = "labs/lab1/total.awk";

    /** PROT_WRITE of mmap(2). */
    private static final long WRITE = 2;

    /** As often as a program must lie elsewhere before we say that it moves. */
    private static final int RUNS = 4;

    @Test
    @Order(1)
    @Exercise(
            id = "link",
            kind = ExerciseKind.MODIFY,
            points = 8,
            hints = {
                "Two questions make four answers: are libraries linked in, and can the program be loaded anywhere?",
                "One flag tells the compiler which code to make, another tells the linker what to make of it: -fPIE goes with -pie.",
                "-fPIE -pie; -fno-pie -no-pie; -fno-pie -static. The last is like the first, with a word that holds both."
            },
            explanation =
                    "A position-independent program can be loaded anywhere, so ASLR moves it; another lies where it was "
                            + "linked to lie, and only heap, stack and libraries move. A static one brings its part of the C library "
                            + "along, and needs no loader: a static-pie relocates itself.")
    @DisplayName("hello in four forms")
    void helloInFourForms(Bench bench) {
        bench.edited(FLAGS, "write the flags that make hello dynamic, no-pie, static and static-pie");
        Form.needGlibc(bench);
        LinkFlags flags = LinkFlags.read(bench.file(FLAGS));
        bench.parts(
                Part.of(2, () -> isOfForm(Form.DYNAMIC, true, true, flags, bench)),
                Part.of(2, () -> isOfForm(Form.NO_PIE, true, false, flags, bench)),
                Part.of(2, () -> isOfForm(Form.STATIC, false, false, flags, bench)),
                Part.of(2, () -> isOfForm(Form.STATIC_PIE, false, true, flags, bench)));
        bench.found("four forms, by their maps");
    }

    private static void isOfForm(Form form, boolean libraries, boolean moves, LinkFlags flags, Bench bench) {
        bench.lookAt(form.title());
        Recipe hello = Recipe.of("your hello, " + form.title(), Form.SOURCE)
                .flags(flags.of(form))
                .withoutProbe();
        Set<Long> starts = new TreeSet<>();
        for (int i = 0; i < RUNS; i++) {
            Recipe recipe =
                    i == 0 ? hello : hello.named(hello.name() + ", again " + i).notKept();
            Snapshot map = Maps.at(bench.observe(recipe), Form.ASLEEP);
            starts.add(Maps.row(map, Role.PROGRAM_TEXT).range().start());
            assertThat(!Maps.rows(map, Role::isLibrary).isEmpty())
                    .as(form.title() + ": a library or a loader is in its map")
                    .isEqualTo(libraries);
        }
        Integer aslr = bench.observe(hello).observation().host().aslr();
        bench.needs(aslr != null && aslr == 2, "whether a program moves cannot be seen here: ASLR is " + aslr);
        assertThat(starts.size() > 1)
                .as(form.title() + ": its text lies elsewhere from run to run")
                .isEqualTo(moves);
    }

    @Test
    @Order(2)
    @Exercise(
            id = "place",
            kind = ExerciseKind.MODIFY,
            points = 10,
            hints = {
                "Where an object lies follows from where it is defined, whether it begins with a value, and whether it may change.",
                "What is defined outside of functions, or is static, is there from the start. What a function defines is on the stack.",
                "const and static for .rodata, a value and static for .data, no value and static for .bss; malloc for the heap; "
                        + "neither static nor const, inside main, for the stack."
            },
            explanation =
                    "const says that nobody writes, so the linker may put it beside the code; a value other than zero must "
                            + "come from the file, so it is in .data; zeros need no file, so .bss is only a size. A local lives on the "
                            + "stack as long as its function runs, a block of malloc until somebody frees it.")
    @DisplayName("Five objects, each in its region")
    void fiveObjectsInTheirRegions(Bench bench) {
        bench.edited(PLACE, "change the definitions so that each object lies where its name says");
        Form.needGlibc(bench);
        Analysis run = bench.observe(Recipe.of("your place", PLACE));
        Map<Long, Long> objects = Edited.pointedAt(run);
        bench.parts(
                Part.of(2, () -> isInSection(run, objects, 1, ".rodata", bench)),
                Part.of(2, () -> isInSection(run, objects, 2, ".data", bench)),
                Part.of(2, () -> isInSection(run, objects, 3, ".bss", bench)),
                Part.of(2, () -> isInTheHeap(run, objects, bench)),
                Part.of(2, () -> isOnTheStack(run, objects, bench)));
        bench.found("five objects in five regions");
    }

    private static void isInSection(Analysis run, Map<Long, Long> objects, long number, String section, Bench bench) {
        long address = address(objects, number, bench);
        assertThat(whereItLies(run, address)).as("where object %d lies", number).isEqualTo(section);
    }

    private static void isInTheHeap(Analysis run, Map<Long, Long> objects, Bench bench) {
        long address = address(objects, 4, bench);
        assertThat(whereItLies(run, address)).as("where object 4 lies").isEqualTo(Role.HEAP.title());
        assertThat(Edited.isInABlock(run, address))
                .as("object 4 lies in a block that malloc returned")
                .isTrue();
    }

    private static void isOnTheStack(Analysis run, Map<Long, Long> objects, Bench bench) {
        long address = address(objects, 5, bench);
        assertThat(whereItLies(run, address)).as("where object 5 lies").isEqualTo(Role.STACK.title());
        assertThat(address)
                .as("the address of object 5, below what the kernel put on the stack before the program began")
                .isLessThan(Maps.layout(Edited.last(run)).startStack());
    }

    private static long address(Map<Long, Long> objects, long number, Bench bench) {
        bench.lookAt("point_at(" + number);
        Long address = objects.get(number);
        if (address == null) {
            throw new AssertionError("point_at(" + number + ", ...) was not called");
        }
        return address;
    }

    /** The section of the program, or else the purpose of the row. */
    private static String whereItLies(Analysis run, long address) {
        String section = Edited.section(run, address);
        return section.isEmpty()
                ? Edited.last(run)
                        .mappingAt(address)
                        .map(row -> row.role().title())
                        .orElse("where nothing is mapped")
                : section;
    }

    @Test
    @Order(3)
    @Exercise(
            id = "patch",
            kind = ExerciseKind.MODIFY,
            points = 10,
            hints = {
                "The row of the code is r-xp. Which call changes the permissions of pages that are mapped already?",
                "mprotect(2) wants the start of a page: round the address of answer() down. sysconf(_SC_PAGESIZE) tells the size.",
                "Before the write: PROT_READ | PROT_WRITE | PROT_EXEC, for main itself may lie in that page. After it: "
                        + "PROT_READ | PROT_EXEC."
            },
            explanation =
                    "The mapping is private, so the first write makes a copy of the page that belongs to this process "
                            + "alone: Anonymous in smaps says so, and the file stays as it was. A debugger sets breakpoints in this way; "
                            + "so does whoever attacks a program, which is why nothing is left writable and executable.")
    @DisplayName("A legal write to code")
    void aLegalWriteToCode(Bench bench) {
        bench.edited(PATCH, "make the write to the code of answer() legal, and take the leave back after it");
        bench.lookAt("*code = *code");
        Analysis run = bench.observe(Recipe.of("your patch", PATCH));
        Snapshot before = Maps.at(run, "before");
        Snapshot written = Maps.at(run, "written");
        bench.parts(
                Part.of(6, () -> {
                    assertThat(anonymousText(before))
                            .as("bytes of the text that are the process's own before")
                            .isZero();
                    assertThat(anonymousText(written))
                            .as("bytes of the text that are the process's own after the write: a page at least")
                            .isPositive();
                    assertThat(grants(run))
                            .as("calls of mprotect that let the text be written")
                            .isNotEmpty();
                }),
                Part.of(4, () -> {
                    assertThat(anonymousText(written))
                            .as("bytes of the text that are the process's own after the write")
                            .isPositive();
                    assertThat(grants(run))
                            .as("calls of mprotect that let the text be written")
                            .isNotEmpty();
                    assertThat(Maps.rows(Edited.last(run), Role.PROGRAM_TEXT))
                            .as("rows of the text at the end")
                            .isNotEmpty()
                            .allMatch(row -> row.permissions().toString().equals("r-xp"));
                }));
        bench.found("%d bytes of the text became the process's own", anonymousText(written));
    }

    private static long anonymousText(Snapshot snapshot) {
        long sum = 0;
        for (Mapping row : Maps.rows(snapshot, Role.PROGRAM_TEXT)) {
            Long anonymous = row.usage() == null ? null : row.usage().anonymous();
            if (anonymous == null) {
                throw new AssertionError("smaps does not say what of " + row.range() + " is the process's own");
            }
            sum += anonymous;
        }
        return sum;
    }

    private static List<MemoryEvent> grants(Analysis run) {
        AddressRange text = Maps.row(Maps.at(run, "before"), Role.PROGRAM_TEXT).range();
        return run.observation().events().stream()
                .filter(event -> event.call().equals("mprotect") && event.succeeded())
                .filter(event -> (event.arg(2) & WRITE) != 0)
                .filter(event ->
                        AddressRange.ofLength(event.arg(0), event.arg(1)).overlaps(text))
                .toList();
    }

    @Test
    @Order(4)
    @Exercise(
            id = "total",
            kind = ExerciseKind.MODIFY,
            points = 12,
            extra = true,
            hints = {
                "Which rows does it pass by? Compare the length of their addresses with what the pattern asks for.",
                "Addresses have 8 digits at least and 16 at most. What stands between them is always the same character.",
                "split($1, ends, \"-\") gives both ends of a row; hex() makes a number of each, and the end is ends[2]."
            },
            explanation =
                    "Addresses are padded to 8 digits and may have 16: a program that is not a PIE lies at 00400000, "
                            + "[vsyscall] at ffffffffff600000, and on 32-bit machines everything has 8. Columns of maps are fields, not "
                            + "positions; only the name, which may hold blanks, is the rest of the line.")
    @DisplayName("The awk line that adds up a map")
    void theSumOfAMap(Bench bench) {
        bench.edited(TOTAL, "mend the pattern, so that it adds up every row of any map");
        bench.needs(Tool.exists("awk"), "awk is not installed");
        bench.parts(
                Part.of(6, () -> {
                    for (Form form : Form.values()) {
                        Snapshot map = form.asleep(bench);
                        assertThat(awk(bench, Maps.print(map)))
                                .as("KiB that total.awk finds in the map of hello, %s", form.title())
                                .isEqualTo(Long.toString(Maps.bytes(map.mappings()) / 1024));
                    }
                }),
                Part.of(
                        6,
                        () -> assertThat(awk(bench, SavedMap.TEXT))
                                .as("KiB that total.awk finds in the map of a 32-bit machine")
                                .isEqualTo(Long.toString(SavedMap.KIB))));
        bench.found("the sums of five maps");
    }

    private static String awk(Bench bench, String map) {
        try {
            ToolResult result = Tool.of("awk", "-f", bench.file(TOTAL).toString())
                    .stdin(map)
                    .wallLimit(Duration.ofSeconds(5))
                    .outputLimit(1 << 16)
                    .run();
            if (!result.succeeded()) {
                throw new AssertionError(
                        result.timedOut()
                                ? "awk did not end within 5 seconds"
                                : "awk: " + result.stderr().strip());
            }
            return result.stdout().strip();
        } catch (IOException e) {
            throw new AssertionError("awk could not be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw bench.notChecked("interrupted");
        }
    }
}
