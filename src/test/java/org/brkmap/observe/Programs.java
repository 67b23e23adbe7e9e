package org.brkmap.observe;

import static org.assertj.core.api.Assumptions.assumeThat;

import org.brkmap.toolchain.Tool;
import org.brkmap.toolchain.ToolResult;

/** Programs of the machine that tests observe; a test that needs a missing one is skipped with the reason. */
final class Programs {
    private Programs() {}

    static void need(String program) {
        assumeThat(Tool.exists(program)).as(program + " is installed").isTrue();
    }

    /** The interpreter itself: what is on the PATH may be a script that chooses one. */
    static String python() throws Exception {
        need("python3");
        ToolResult result =
                Tool.of("python3", "-c", "import sys; print(sys.executable)").run();
        assumeThat(result.succeeded()).as("python3 works").isTrue();
        return result.stdout().strip();
    }
}
