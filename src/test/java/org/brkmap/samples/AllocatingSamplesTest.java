package org.brkmap.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.brkmap.toolchain.BuildRequest;
import org.brkmap.toolchain.Tool;
import org.brkmap.toolchain.ToolResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllocatingSamplesTest {
    private static final String PINNED = "glibc.malloc.mmap_threshold=131072:glibc.malloc.top_pad=0";

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void allocSizePromptsBeforeEachStep(int steps) throws Exception {
        Path program = Samples.build(allocSize().define("STEPS", steps));

        ToolResult run = Samples.program(program).stdin("\n".repeat(steps + 2)).run();

        assertThat(run.exit()).isZero();
        assertThat(run.stdout().lines()).containsExactlyElementsOf(prompts(steps));
    }

    @Test
    void allocSizeTakesTenBlocksUnlessToldOtherwise() throws Exception {
        assertThat(Samples.run(Samples.build(allocSize())).stdout().lines()).containsExactlyElementsOf(prompts(10));
    }

    @Test
    void oneKeyIsOneLineHoweverLongAndTheEndOfInputIsAKeyToo() throws Exception {
        Path program = Samples.build(allocSize().define("STEPS", 2));

        ToolResult run = Samples.program(program).stdin("a long answer\n\nlast").run();

        assertThat(run.exit()).isZero();
        assertThat(run.stdout().lines()).containsExactlyElementsOf(prompts(2));
    }

    @ParameterizedTest
    @CsvSource({"32768, 10", "262144, 5"})
    void allocSizeFreesItsLastBlockAndNoOther(long size, int steps) throws Exception {
        Path watcher = Files.writeString(directory.resolve("watcher.c"), """
                #include <stdio.h>
                #include <stdlib.h>
                void *__real_malloc(size_t size);
                void __real_free(void *block);
                void *__wrap_malloc(size_t size);
                void __wrap_free(void *block);
                static void *blocks[100];
                static int taken;
                void *__wrap_malloc(size_t size)
                {
                    void *block = __real_malloc(size);
                    if (size == SIZE && taken < 100)
                        blocks[taken++] = block;
                    return block;
                }
                void __wrap_free(void *block)
                {
                    for (int i = 0; i < taken; i++)
                        if (blocks[i] == block)
                            fprintf(stderr, "block %d of %d freed\\n", i + 1, taken);
                    __real_free(block);
                }
                """);
        Path program = Samples.build(allocSize()
                .source(watcher)
                .define("SIZE", size)
                .define("STEPS", steps)
                .flag("-Wl,--wrap=malloc,--wrap=free"));

        assertThat(Samples.run(program).stderr()).isEqualTo("block %1$d of %1$d freed\n".formatted(steps));
    }

    @Test
    void aBlockThatIsRefusedEndsAllocSizeWithTheReason() throws Exception {
        Path program = Samples.build(allocSize().define("SIZE", "(1L << 62)"));

        ToolResult run = Samples.run(program);

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.stderr())
                .isEqualTo("alloc_size: malloc of " + (1L << 62) + " bytes, block 1: ENOMEM: Cannot allocate memory\n");
    }

    @ParameterizedTest
    @CsvSource({
        "1000, fresh, the heap",
        "1000, exhausted, the heap",
        "1000, pinned-by-env, the heap",
        "67108864, fresh, a mapping of its own",
        "67108864, exhausted, a mapping of its own",
        "67108864, pinned-by-env, a mapping of its own"
    })
    void thresholdTellsTheHeapFromAMapping(long size, String mode, String place) throws Exception {
        ToolResult run = Samples.program(threshold(), Long.toString(size), mode)
                .with("GLIBC_TUNABLES", PINNED)
                .run();

        assertThat(run.stderr()).isEmpty();
        assertThat(run.stdout()).isEqualTo(size + " bytes, " + mode + ": in " + place + "\n");
    }

    @Test
    void thresholdIsNotMisledWhereMappingsLieBelowTheHeap() throws Exception {
        assumeTrue(Tool.exists("setarch"), "setarch is not installed, so the kernel's older layout is not tried");
        String size = "67108864";

        ToolResult run = Tool.of("setarch", "--addr-compat-layout", threshold().toString(), size)
                .run();
        assumeTrue(run.succeeded(), "the older layout is not to be had here: " + run.stderr());

        assertThat(run.stdout()).isEqualTo(size + " bytes, fresh: in a mapping of its own\n");
    }

    @Test
    void thresholdRefusesToCallItsEnvironmentPinnedWhenItIsNot() throws Exception {
        ToolResult run = Samples.run(threshold(), "1000", "pinned-by-env");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.stderr()).isEqualTo("threshold: set GLIBC_TUNABLES=" + PINNED + " first\n");
    }

    @Test
    void thresholdSaysHowToCallIt() throws Exception {
        for (String[] wrong : new String[][] {{}, {"1", "new"}, {"1", "fresh", "more"}}) {
            ToolResult run = Samples.run(threshold(), wrong);
            assertThat(run.exit()).isEqualTo(2);
            assertThat(run.stderr()).isEqualTo("usage: threshold BYTES [fresh | exhausted | pinned-by-env]\n");
        }
    }

    @Test
    void neighboursRunsToItsEnd() throws Exception {
        ToolResult run = Samples.run(Samples.build("neighbours/neighbours.c"));

        assertThat(run.exit()).isZero();
        assertThat(run.stdout()).isEqualTo("Press key to free the middle one ...\nPress key to free the others ...\n");
    }

    private static BuildRequest allocSize() {
        return Samples.request("alloc_size/alloc_size.c");
    }

    private static Path threshold() throws Exception {
        return Samples.build("threshold/threshold.c");
    }

    private static List<String> prompts(int steps) {
        return Stream.concat(
                        Collections.nCopies(steps, "Press key to allocate ...").stream(),
                        Stream.of("Press key to deallocate ...", "Press key to close ..."))
                .toList();
    }
}
