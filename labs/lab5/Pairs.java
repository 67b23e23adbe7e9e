package lab5;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Recipe;
import org.brkmap.toolchain.ValgrindFinding;
import org.brkmap.toolchain.ValgrindReport;

/** pairs.cc as a student has changed it: its total, its requests, and what valgrind says of it. */
record Pairs(ValgrindReport report, long kept) {
    static Pairs of(Bench bench) {
        long count = bench.draw("pairs").between(100, 900);
        Recipe recipe = Recipe.of("pairs, as you changed it", "labs/lab5/pairs.cc")
                .flags("-Wl,--no-as-needed", "-lstdc++", "-lm")
                .arguments(count);
        Variables watched = Variables.of(bench, recipe);
        assertThat(watched.word("done", "total", 0))
                .as("total, which stays as it was")
                .isEqualTo(count * (count - 1) / 2 + count + count * count);
        assertThat(Ledger.requests(watched.run(), "done"))
                .as("the sizes of requests: numbers, a text, a square's points")
                .contains(count * Long.BYTES, count + 1, 4L * Long.BYTES);
        long kept = Ledger.count(watched.run(), "done", count * Long.BYTES)
                + Ledger.count(watched.run(), "done", count + 1);
        return new Pairs(Memcheck.of(bench, recipe, Ledger.requests(watched.run(), "done")), kept);
    }

    /** No block is given back in another way than it was taken, and there is no other error. */
    void match() {
        assertThat(kept)
                .as("of the numbers and the text, blocks that are not given back")
                .isZero();
        List<ValgrindFinding> errors = report.errors();
        assertThat(errors.size())
                .as("what valgrind finds: %s", Memcheck.told(errors, "pairs.cc"))
                .isZero();
    }

    void loseNothing() {
        List<ValgrindFinding> lost = report.lost();
        assertThat(lost.size())
                .as("what valgrind finds lost: %s", Memcheck.told(lost, "pairs.cc"))
                .isZero();
    }
}
