package lab5;

import static org.assertj.core.api.Assertions.assertThat;

import org.brkmap.analyse.Analysis;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Recipe;
import org.brkmap.lab.Space;
import org.brkmap.model.Role;
import org.brkmap.toolchain.ValgrindReport;

/** orders.c as a student has changed it, beside what it was: the same work, and what is left of it. */
final class Orders {
    /** NAME, PAGE and sizeof (struct order) in orders.c. */
    private static final long NAME = 120;

    private static final long PAGE = 200000;
    private static final long NODE = 24;

    private final Analysis run;

    private Orders(Analysis run) {
        this.run = run;
    }

    private static Recipe recipe(Bench bench) {
        return Recipe.of("orders, as you changed it", "labs/lab5/orders.c").arguments(count(bench));
    }

    private static long count(Bench bench) {
        return bench.draw("orders").between(110, 190);
    }

    /** Runs it, and demands that it does the work that it was given to do. */
    static Orders of(Bench bench) {
        Variables given = Variables.of(
                bench,
                Recipe.of("orders, as it was", "labs/lab5/starter/orders.c")
                        .flags("-I" + bench.file("labs/lab5"))
                        .arguments(count(bench))
                        .notKept());
        Variables changed = Variables.of(bench, recipe(bench));
        Analysis run = changed.run();
        assertThat(Ledger.requests(run, "done"))
                .as("the sizes of all requests, which stay as they were")
                .isEqualTo(Ledger.requests(given.run(), "done"));
        assertThat(changed.word("done", "checksum", 0))
                .as("the checksum over what was written into the blocks, which stays as it was")
                .isEqualTo(given.word("done", "checksum", 0));
        long inUse = Ledger.bytes(run, "loaded");
        assertThat(Ledger.count(run, "loaded", NODE))
                .as("orders that are kept at \"loaded\", which stay as they were")
                .isEqualTo(Ledger.count(given.run(), "loaded", NODE));
        assertThat(Ledger.count(run, "loaded", NAME))
                .as("names that are kept at \"loaded\": one for each order at least")
                .isGreaterThanOrEqualTo(Ledger.count(run, "loaded", NODE));
        assertThat(Ledger.count(run, "loaded", PAGE))
                .as("pages that are kept at \"loaded\": the last one at least")
                .isPositive();
        assertThat(Space.anonymous(Space.at(run, "loaded"), role -> role == Role.HEAP || role == Role.ANONYMOUS))
                .as("bytes of heap and mappings in memory at \"loaded\": every block is written to")
                .isGreaterThanOrEqualTo(inUse);
        return new Orders(run);
    }

    /** Every name that belongs to no order was freed. */
    void losesNoNames() {
        assertThat(Ledger.count(run, "done", NAME) - Ledger.count(run, "done", NODE))
                .as("blocks of %d bytes that are in use at \"done\", and belong to no order", NAME)
                .isZero();
    }

    /** Every page of a report was freed. */
    void losesNoPages() {
        assertThat(Ledger.count(run, "done", PAGE))
                .as("blocks of %d bytes that are in use at \"done\"", PAGE)
                .isZero();
    }

    /** Every order was freed. */
    void losesNoOrders() {
        assertThat(Ledger.count(run, "done", NODE))
                .as("blocks of %d bytes (struct order) that are in use at \"done\"", NODE)
                .isZero();
    }

    /** What valgrind says of it, where it is installed. */
    ValgrindReport underValgrind(Bench bench) {
        return Memcheck.of(bench, recipe(bench), Ledger.requests(run, "done"));
    }

    int blocks() {
        return Ledger.requests(run, "done").size();
    }
}
