package lab3;

import java.io.IOException;
import java.time.Duration;
import org.brkmap.analyse.Analysis;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Recipe;
import org.brkmap.lab.Space;
import org.brkmap.model.AllocatorCall;
import org.brkmap.model.Mapping;
import org.brkmap.model.Role;
import org.brkmap.model.Snapshot;
import org.brkmap.toolchain.Tool;
import org.brkmap.toolchain.ToolResult;

/**
 * The string that doubles, in C and in Python, and where it lies at each step.
 *
 * @param run of extend_mem_area
 * @param first how long the string is at the beginning
 * @param extra bytes that a block of it may have beside its characters: a zero byte, an object's header
 */
record Growing(Analysis run, long first, long extra) {
    static final int DOUBLINGS = 9;

    private static final String FOLDER = "sample-c/extend_mem_area/";

    static Growing inC(Bench bench, long first) {
        return new Growing(bench.observe(recipeInC(first)), first, 1);
    }

    static Recipe recipeInC(long first) {
        return Recipe.of("a string of " + first + " characters doubles, in C, by realloc", FOLDER + "extend_mem_area.c")
                .arguments(first, DOUBLINGS);
    }

    static Growing inPython(Bench bench, String interpreter, long first) {
        Recipe recipe = Recipe.installed("a string of " + first + " characters doubles, in Python", interpreter)
                .arguments(FOLDER + "extend_mem_area.py", first, DOUBLINGS)
                .environment("PYTHONDONTWRITEBYTECODE", "1");
        return new Growing(bench.observe(recipe), first, 128);
    }

    /** The interpreter itself: what is called python3 may be a script that looks for it. Not checked without one. */
    static String python(Bench bench) {
        bench.needs(Tool.exists("python3"), "python3 is not installed");
        try {
            ToolResult said = Tool.of("python3", "-c", "import sys; print(sys.executable)")
                    .wallLimit(Duration.ofSeconds(10))
                    .run();
            bench.needs(
                    said.succeeded(), "python3 does not start: " + said.stderr().strip());
            return said.stdout().strip();
        } catch (IOException e) {
            throw bench.notChecked("python3 does not start: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw bench.notChecked("interrupted");
        }
    }

    /** How long the string is when it first lies outside the heap. */
    long leavesTheHeapAt() {
        for (int i = 0; i <= DOUBLINGS; i++) {
            if (rowAt(first << i).role() != Role.HEAP) {
                return first << i;
            }
        }
        throw new AssertionError("the string never left the heap");
    }

    /** The row that holds the string when it is so long. */
    Mapping rowAt(long length) {
        return moment(length)
                .mappingAt(block(length).result())
                .orElseThrow(() -> new AssertionError("the string of " + length + " characters is not mapped"));
    }

    /** When it waits with a string of this length. */
    Snapshot moment(long length) {
        String what = length == first << DOUBLINGS ? "drop " : "double ";
        return Space.at(run, label(what, length));
    }

    static String label(String what, long length) {
        return "Press key to " + what + length + " characters";
    }

    /** The call that made the block: the last one of that size, for Python may have asked before for something else. */
    private AllocatorCall block(long length) {
        return run.observation().allocations().stream()
                .filter(call -> call.result() != 0 && call.call().size() != null)
                .filter(call -> call.call().size() >= length && call.call().size() <= length + extra)
                .reduce((earlier, later) -> later)
                .orElseThrow(() -> new AssertionError("nobody asked malloc for " + length + " bytes and a few"));
    }
}
