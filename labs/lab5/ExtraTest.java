package lab5;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.brkmap.analyse.Analysis;
import org.brkmap.evidence.ExerciseKind;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Exercise;
import org.brkmap.lab.Lab;
import org.brkmap.lab.Part;
import org.brkmap.lab.Question;
import org.brkmap.lab.Recipe;
import org.brkmap.lab.Space;
import org.brkmap.model.Role;
import org.brkmap.model.Snapshot;
import org.brkmap.toolchain.Tool;
import org.brkmap.toolchain.ValgrindMonitor;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Lab("lab5")
@Order(7)
@DisplayName("Beyond")
class ExtraTest {
    private static final String FOLDER = "labs/lab5/";

    /** NOTE, SIZE, BLOCKS and BURSTS in pin.c. */
    private static final long NOTE = 77;

    private static final long SIZE = 20000;
    private static final long BLOCKS = 400;
    private static final long BURSTS = 3;

    @Test
    @Order(1)
    @DisplayName("Give back what is not used")
    @Exercise(
            id = "pin",
            kind = ExerciseKind.MODIFY,
            points = 6,
            extra = true,
            hints = {
                "A note lies above the blocks of its burst. What can give back pages that lie below it?",
                "malloc_trim(3) can. Or take the notes where no burst lies below them.",
                "malloc_trim(0); before the checkpoint \"idle\"."
            },
            explanation =
                    "A long-lived small block between short-lived large ones pins a heap. malloc_trim gives up the pages "
                            + "below it, and the addresses stay; taking long-lived blocks first, or elsewhere, avoids it.")
    void giveBack(Bench bench) {
        bench.edited(FOLDER + "pin.c", "give back what the bursts have used before \"idle\", and keep the notes");
        bench.lookAt("Your turn.");
        Analysis run = bench.observe(Recipe.of("pin, as you changed it", FOLDER + "pin.c"));
        bench.needsGlibc(run);
        assertThat(Ledger.requests(run, "idle").stream()
                        .filter(size -> size == SIZE)
                        .count())
                .as("requests of %d bytes", SIZE)
                .isEqualTo(BURSTS * BLOCKS);
        assertThat(memory(run, "busy"))
                .as("bytes of heap and mappings in memory at \"busy\": every block is written to")
                .isGreaterThanOrEqualTo(BLOCKS * SIZE);
        assertThat(Ledger.count(run, "idle", NOTE))
                .as("notes of %d bytes that are in use at \"idle\"", NOTE)
                .isEqualTo(BURSTS);
        assertThat(memory(run, "idle"))
                .as("bytes of heap and mappings in memory at \"idle\", against %d at \"busy\"", memory(run, "busy"))
                .isLessThan(memory(run, "busy") / 10);
        bench.found("%d KiB at \"busy\", %d KiB at \"idle\"", memory(run, "busy") / 1024, memory(run, "idle") / 1024);
    }

    private static long memory(Analysis run, String label) {
        Snapshot at = Space.at(run, label);
        return Space.anonymous(at, role -> role == Role.HEAP || role == Role.ANONYMOUS);
    }

    @Test
    @Order(2)
    @DisplayName("new and delete")
    @Exercise(
            id = "pairs",
            kind = ExerciseKind.MODIFY,
            points = 4,
            extra = true,
            hints = {
                "valgrind says Mismatched free() / delete / delete []: how was the block taken, and how given back?",
                "new[] wants delete[], and malloc wants free. What a constructor takes the destructor gives back.",
                "delete[] numbers; free(text); and ~Square() { delete[] points; }"
            },
            explanation =
                    "new calls malloc and then constructors, delete destructors and then free; new[] may keep a count before "
                            + "the first element. A wrong pair works until a class gets a destructor, or another allocator is linked.")
    void newAndDelete(Bench bench) {
        bench.edited(FOLDER + "pairs.cc", "let each new, new[] and malloc have its delete, delete[] and free");
        bench.needs(Tool.exists("g++"), "there is no C++ compiler (package g++)");
        Memcheck.needed(bench);
        bench.lookAt("delete numbers");
        Pairs pairs = Pairs.of(bench);
        bench.parts(Part.of(2, pairs::match), Part.of(2, pairs::loseNothing));
        bench.found("every block is given back as it was taken");
    }

    @Test
    @Order(3)
    @DisplayName("Ask a program that valgrind has stopped")
    @Exercise(
            id = "monitor",
            kind = ExerciseKind.IDENTIFY,
            points = 5,
            extra = true,
            parts = {"bytes", "blocks", "holder", "unwritten", "length"},
            hints = {
                "Start it under valgrind --vgdb-error=1 in one terminal. In another: vgdb leak_check full definiteleak any.",
                "vgdb block_list NUMBER lists a loss record's blocks; vgdb who_points_at ADDRESS tells where a pointer lies.",
                "vgdb get_vbits ADDRESS 64: ff is a byte without a value. vgdb check_memory addressable ADDRESS 400 "
                        + "names the first bad address. Several commands in one call: vgdb -c … -c …"
            },
            explanation = "valgrind's gdbserver answers while the program stands still, to gdb or to vgdb alone. "
                    + "So a loss can be looked at when it happens, and not when all is over.")
    void askAStoppedProgram(Bench bench) {
        long seed = bench.draw("lost").between(1, 1_000_000);
        String how = "gcc -g -O0 -DSEED=" + seed + " -o lost labs/lab5/lost.c, and valgrind --vgdb-error=1 ./lost: ";
        Monitor monitor = new Monitor(bench, seed);
        Map<String, Question> questions = new LinkedHashMap<>();
        questions.put(
                "bytes", Question.number(monitor::bytes, "%show many bytes are definitely lost when it stops?", how));
        questions.put("blocks", Question.number(monitor::blocks, "how many blocks are that?"));
        questions.put(
                "holder",
                Question.choice(
                        monitor::holder, Monitor.HOLDERS, "where does the pointer to the block \"asked\" lie?"));
        questions.put(
                "unwritten",
                Question.number(monitor::unwritten, "how many of the 64 bytes of \"buffer\" have no value?"));
        questions.put("length", Question.number(monitor::length, "how many bytes does \"block\" have?"));
        bench.identify(questions);
        bench.needs(ValgrindMonitor.isInstalled(), "valgrind and vgdb are not installed (package valgrind)");
        bench.found("five answers of valgrind's gdbserver, from user space");
    }
}
