package lab3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.brkmap.check.MemoryAssertions.assertThat;

import java.util.List;
import org.brkmap.analyse.Analysis;
import org.brkmap.check.Wording;
import org.brkmap.evidence.ExerciseKind;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Exercise;
import org.brkmap.lab.Lab;
import org.brkmap.lab.Part;
import org.brkmap.lab.Recipe;
import org.brkmap.lab.Space;
import org.brkmap.model.AllocatorCall;
import org.brkmap.model.Role;
import org.brkmap.model.Snapshot;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Lab("lab3")
@Order(4)
@DisplayName("Change programs")
class EditTest {
    private static final String FOLDER = "labs/lab3/";
    private static final long KIB = 1024;
    private static final long MIB = 1024 * KIB;

    /** What a run may use beside the large thing it is about: buffers, frames, a page begun. */
    private static final long SLACK = 64 * KIB;

    @Test
    @Order(1)
    @DisplayName("Half a megabyte for a moment, and given back")
    @Exercise(
            id = "scratch",
            kind = ExerciseKind.MODIFY,
            points = 8,
            hints = {
                "Which memory can a running process give back to the kernel? Not the stack, and not .bss.",
                "A block above the threshold of lab 2 has a mapping of its own, which free unmaps.",
                "Let buffer be a pointer to what malloc(BUFFER) returns, and free it before the return, after its last use."
            },
            explanation =
                    "The stack keeps what it has touched until the process ends, in each thread. Large buffers that are "
                            + "needed seldom belong into a mapping: malloc makes one for them, and free takes it away.")
    void giveItBack(Bench bench) {
        bench.edited(FOLDER + "scratch.c", "take the buffer of work() from where it can be given back");
        bench.lookAt("char buffer");
        Analysis run = bench.observe(Recipe.of("scratch, as you changed it", FOLDER + "scratch.c"));
        Snapshot start = Space.at(run, "start");
        Snapshot working = Space.at(run, "working");
        Snapshot done = Space.at(run, "done");
        Runnable used = () -> assertThat(written(working) - written(start))
                .as("bytes written to between \"start\" and \"working\"")
                .isGreaterThanOrEqualTo(512 * KIB);
        bench.parts(
                Part.of(4, () -> {
                    used.run();
                    assertThat(Space.bytes(working, Role.STACK) - Space.bytes(start, Role.STACK))
                            .as("bytes that the stack gains while the buffer is used")
                            .isLessThan(SLACK);
                }),
                Part.of(4, () -> {
                    used.run();
                    assertThat(written(done) - written(start))
                            .as("bytes that the process has kept at \"done\"")
                            .isLessThan(SLACK);
                }));
        bench.found("%s taken, and given back", Wording.bytes(written(working) - written(done)));
    }

    /** What the process has written to, and has for itself. */
    private static long written(Snapshot snapshot) {
        return Space.anonymous(snapshot, Role::isCounted);
    }

    @Test
    @Order(2)
    @DisplayName("A table of 4 MiB, and a short file")
    @Exercise(
            id = "slim",
            kind = ExerciseKind.MODIFY,
            points = 10,
            hints = {
                "Run size slim: in which section is the table, and why?",
                "Only what begins as zero costs no bytes in the file. The 7s must come at run time.",
                "Define the table without its values, and set each element to 7 in a loop in prepare()."
            },
            explanation =
                    "A value in .data is a byte in the file, in the page cache, and in every copy of the program. In .bss "
                            + "it is a length; the pages come when they are written to, zeros first.")
    void keepTheFileShort(Bench bench) {
        bench.edited(
                FOLDER + "slim.c", "let the table have its values when prepare() returns, and the file stay short");
        bench.lookAt("your turn");
        Recipe recipe =
                Recipe.of("slim, as you changed it", FOLDER + "slim_main.c").with(FOLDER + "slim.c");
        Analysis run = bench.observe(recipe);
        Snapshot ready = Space.at(run, "ready");
        long file =
                InFile.of(bench.build(recipe).executable(), Area.pageSize(run)).length();
        assertThat(file).as("bytes of the program's file").isLessThan(MIB);
        assertThat(Space.anonymous(ready, role -> role == Role.PROGRAM_BSS || role == Role.PROGRAM_DATA))
                .as("bytes of the program's variables that are in memory at \"ready\"")
                .isGreaterThanOrEqualTo(4 * MIB);
        assertThat(Space.bytes(ready, Role.PROGRAM_BSS))
                .as("bytes of .bss, in pages of its own")
                .isGreaterThanOrEqualTo(4 * MIB - SLACK);
        bench.found("%s in the file, 4 MiB in memory", Wording.bytes(file));
    }

    @Test
    @Order(3)
    @DisplayName("Sixteen blocks, whatever the compiler thinks of them")
    @Exercise(
            id = "optimised",
            kind = ExerciseKind.MODIFY,
            points = 10,
            hints = {
                "A compiler may leave out what makes no difference that anyone could see. Who could see a block?",
                "Put the addresses where the compiler must expect others to look: outside of the function.",
                "A global array of BLOCKS pointers, and each address stored there in the loop. Or: volatile char *block."
            },
            explanation =
                    "The C standard asks only that the program behaves as if. A block that is never looked at makes no "
                            + "difference, so gcc leaves malloc out. What is measured must therefore be used; benchmarks fall into this trap daily.")
    void keepTheBlocks(Bench bench) {
        bench.edited(FOLDER + "optimised.c", "let the program take its sixteen blocks although it is built with -O2");
        bench.lookAt("your turn");
        Analysis run = bench.observe(Recipe.of("optimised, as you changed it, -O2", FOLDER + "optimised.c")
                .flags("-O2"));
        bench.needsGlibc(run); // which takes the blocks from the heap; others may map each
        List<AllocatorCall> blocks = Requests.between(run, Space.at(run, "before"), Space.at(run, "taken")).stream()
                .filter(call -> call.call().operation().equals("malloc"))
                .filter(call -> Long.valueOf(64 * KIB).equals(call.call().size()))
                .toList();
        assertThat(blocks.size())
                .as("calls of malloc(65536) between \"before\" and \"taken\"")
                .isEqualTo(16);
        assertThat(run).changesBetween("before", "taken").gained(Role.HEAP).areOnBehalfOf("malloc");
        assertThat(Space.bytes(Space.at(run, "taken"), Role.HEAP))
                .as("bytes of the heap at \"taken\"")
                .isGreaterThanOrEqualTo(MIB);
        for (AllocatorCall block : blocks) {
            assertThat(run).snapshot("taken").regionHolding(block.result()).hasRole(Role.HEAP);
        }
        bench.found("16 blocks, all in the heap");
    }

    @Test
    @Order(4)
    @DisplayName("A strong definition takes the place of a weak one")
    @Exercise(
            id = "weak",
            kind = ExerciseKind.MODIFY,
            points = 8,
            extra = true,
            hints = {
                "A definition is strong unless it says otherwise: an ordinary one, in larger.c, is enough.",
                "Both names are needed, or pool.c uses the new array with the old length. And where does an array cost no bytes in the file?",
                "An array of 1024 * 1024 chars without a value, called pool; and pool_size, an unsigned long, with that value."
            },
            explanation =
                    "Of several definitions of a name the linker takes the strong one, and refuses two of them. That is how "
                            + "a program brings its own malloc. Without -fno-common two arrays without a value were silently one.")
    void aStrongDefinition(Bench bench) {
        bench.edited(FOLDER + "larger.c", "define pool and pool_size so that pool.c uses 1 MiB");
        bench.lookAt("#include");
        Recipe recipe = Recipe.of("pool, with your larger.c", FOLDER + "pool.c").with(FOLDER + "larger.c");
        Analysis run = bench.observe(recipe);
        Snapshot start = Space.at(run, "start");
        Snapshot used = Space.at(run, "used");
        Runnable usesIt = () -> {
            assertThat(Space.anonymous(used, Role::isProgram) - Space.anonymous(start, Role::isProgram))
                    .as("bytes of the program's variables that memset brought into memory")
                    .isBetween(MIB - SLACK, MIB + SLACK);
            assertThat(run).changesBetween("start", "used").leftAlone(Role.HEAP);
        };
        bench.parts(Part.of(5, usesIt), Part.of(3, () -> {
            usesIt.run();
            assertThat(InFile.of(bench.build(recipe).executable(), Area.pageSize(run))
                            .length())
                    .as("bytes of the program's file")
                    .isLessThan(MIB);
        }));
        bench.found("the strong pool is used");
    }

    @Test
    @Order(5)
    @DisplayName("A string that doubles and leaves nothing behind")
    @Exercise(
            id = "double",
            kind = ExerciseKind.MODIFY,
            points = 8,
            extra = true,
            hints = {
                "When longer holds both halves, who still needs the old string?",
                "Free the old one after it was copied; or let realloc(3) do both.",
                "longer comes from realloc, given the string and 2 * length; then only the second memcpy is left, from longer itself."
            },
            explanation =
                    "realloc makes a block longer where it lies, moves it, or remaps its pages, and copies only if it "
                            + "must. What Python does for you at each addition is the same: a new string, and free for the old one.")
    void doubleWithoutALeak(Bench bench) {
        bench.edited(FOLDER + "double.c", "let there be one block of the string at each checkpoint, and no more");
        bench.lookAt("your turn");
        Analysis run = bench.observe(Recipe.of("double, as you changed it", FOLDER + "double.c"));
        Requests.areOneStringEach(run, Space.at(run, "begun"), 1000);
        List<Snapshot> doubled = Space.all(run, "doubled");
        assertThat(doubled).as("checkpoints \"doubled\"").hasSize(9);
        bench.parts(
                Part.of(4, () -> {
                    for (int i = 0; i < doubled.size(); i++) {
                        Requests.areOneStringEach(run, doubled.get(i), 2000L << i);
                    }
                }),
                Part.of(4, () -> {
                    Snapshot last = doubled.get(doubled.size() - 1);
                    Requests.areOneStringEach(run, last, 512_000);
                    assertThat(written(last) - written(Space.at(run, "start")))
                            .as("bytes written to at the end, against the beginning")
                            .isBetween(512_000L - SLACK, 512_000L + 4 * SLACK);
                }));
        bench.found("ten lengths, one block each");
    }
}
