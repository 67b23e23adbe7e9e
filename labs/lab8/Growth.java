package lab8;

import java.util.List;
import java.util.stream.Collectors;
import org.brkmap.analyse.Analysis;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Recipe;

/** Runs of the samples that show how a stack grows. */
final class Growth {
    static final int FRAMES = 4;

    private Growth() {}

    /** Calls with a local array of so many bytes. */
    static Recipe framesOf(long local) {
        return Recipe.of("frames: calls with a local of " + local + " bytes", "sample-c/frames/frames.c")
                .define("LOCAL", local)
                .arguments(FRAMES);
    }

    static Analysis frames(Bench bench, long local) {
        return bench.observe(framesOf(local));
    }

    static Analysis farEnd(Bench bench, long kib, String touch) {
        Stacks.needsLimit(bench, 8 * Stacks.KIB);
        return bench.observe(
                Recipe.of("far_end: alloca of " + kib + " KiB, touched: " + touch, "sample-c/far_end/far_end.c")
                        .flags("-fno-stack-clash-protection")
                        .ulimit("-S -s 8192")
                        .arguments(kib, touch));
    }

    /** Goes down and comes back once for each of these depths. */
    static Recipe descending(List<Long> kib) {
        return Recipe.of(
                        "descend: down and back, "
                                + kib.stream().map(String::valueOf).collect(Collectors.joining(", ")) + " KiB",
                        "sample-c/descend/descend.c")
                .ulimit("-S -s 8192")
                .arguments(kib.toArray());
    }

    static Analysis descend(Bench bench, List<Long> kib) {
        Stacks.needsLimit(bench, 8 * Stacks.KIB);
        return bench.observe(descending(kib));
    }
}
