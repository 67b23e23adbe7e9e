package lab2;

import org.brkmap.analyse.Analysis;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Recipe;
import org.brkmap.lab.RowKeys;
import org.brkmap.model.Role;

/** blocks.c: where its four blocks lie. */
final class BlocksMap {
    static final String LABEL = "all taken";

    private BlocksMap() {}

    static Analysis run(Bench bench, long small, long large, long second, long third) {
        Recipe recipe = Recipe.of(
                        "blocks: " + small + ", " + large + ", " + second + ", " + third, "labs/lab2/blocks.c")
                .arguments(small, large, second, third);
        Analysis run = bench.observe(recipe);
        Glibc.of(run, bench);
        return run;
    }

    /** The key of the row that holds the block of this size, when all are taken. */
    static String rowOf(Analysis run, long size) {
        return RowKeys.of(Blocks.at(run, LABEL))
                .keyOf(Threshold.malloc(run, size).result())
                .orElseThrow(() -> new AssertionError("the block of " + size + " bytes lies in no row"));
    }

    /** Where a block comes from after another has been freed. */
    static String wayOfSecond(Bench bench, long freed, long next) {
        Analysis run = run(bench, 1000, freed, next, 2000);
        Role role = Blocks.at(run, LABEL)
                .mappingAt(Threshold.malloc(run, next).result())
                .orElseThrow(() -> new AssertionError("the block of " + next + " bytes is not mapped"))
                .role();
        return role == Role.HEAP ? "heap" : "mmap";
    }
}
