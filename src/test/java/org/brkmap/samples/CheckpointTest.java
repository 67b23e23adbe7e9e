package org.brkmap.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.brkmap.toolchain.Tool;
import org.brkmap.toolchain.ToolResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {
    @TempDir
    Path directory;

    @Test
    void itLeavesErrnoAlone() throws Exception {
        Path program = program("""
                #include "checkpoint.h"
                int main(void)
                {
                    errno = ERANGE;
                    checkpoint("one");
                    return errno == ERANGE ? 0 : 1;
                }
                """);

        assertThat(Samples.run(program).exit()).isZero();
    }

    @Test
    void withoutAnObserverItChangesNothingAndPrintsNothing() throws Exception {
        Path program = program("""
                #include "checkpoint.h"
                int main(void)
                {
                    checkpoint("one");
                    checkpoint("");
                    checkpoint("a \\n b");
                    return 0;
                }
                """);

        ToolResult run = Samples.program(program).in(directory).run();

        assertThat(run.exit()).isZero();
        assertThat(run.stdout()).isEmpty();
        assertThat(run.stderr()).isEmpty();
    }

    @Test
    void itNeitherAllocatesNorMovesTheBreak() throws Exception {
        Path program = program("""
                #include <stdlib.h>
                #include "checkpoint.h"
                void *malloc(size_t size)
                {
                    (void) size;
                    abort();
                }
                int main(void)
                {
                    void *before = sbrk(0);
                    checkpoint("one");
                    _exit(sbrk(0) == before ? 0 : 1);
                }
                """);

        assertThat(Samples.run(program).exit()).isZero();
    }

    @Test
    void theKernelSeesOneWriteOfTheLabelToTheAgreedDescriptor() throws Exception {
        assumeTrue(Tool.exists("strace"), "strace is not installed, so the call itself is not looked at here");
        Path program = program("""
                #include "checkpoint.h"
                int main(void)
                {
                    checkpoint("after malloc");
                    return 0;
                }
                """);

        ToolResult run = Tool.of("strace", "-e", "trace=write", "-e", "signal=none", program.toString())
                .run();
        assumeTrue(run.stderr().contains("exited with"), "strace may not trace here: " + run.stderr());

        assertThat(run.stderr().lines().filter(line -> line.startsWith("write(")))
                .singleElement()
                .asString()
                .matches("write\\(-25202, \"after malloc\", 12\\) += -1 EBADF .*");
    }

    private Path program(String text) throws Exception {
        return Samples.build(Samples.request(Files.writeString(directory.resolve("marked.c"), text)));
    }
}
