package lab5;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongPredicate;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Recipe;
import org.brkmap.toolchain.ValgrindFinding;
import org.brkmap.toolchain.ValgrindReport;

/** bugs.c as a student has changed it: what its functions come to, what they ask for, and what valgrind says of them. */
final class Bugs {
    private static final List<String> FUNCTIONS = List.of("copy_word", "sum_list", "count_remainders", "grow_array");

    /** sizeof (struct node) in bugs.c. */
    private static final long NODE = 40;

    private final long count;
    private final Variables watched;
    private final ValgrindReport report;

    private Bugs(long count, Variables watched, ValgrindReport report) {
        this.count = count;
        this.watched = watched;
        this.report = report;
    }

    static Bugs of(Bench bench) {
        // One more than this fits into the block of a word by rounding.
        long count = 16 * bench.draw("bugs").between(4, 50) + 1;
        Recipe recipe = Recipe.of("bugs, as you changed it", "labs/lab5/bugs.c").arguments(count);
        Variables watched = Variables.of(bench, recipe);
        return new Bugs(count, watched, Memcheck.of(bench, recipe, Ledger.requests(watched.run(), "done")));
    }

    void copies() {
        results("copied", count, "copy_word");
        isClean("copy_word");
        asksFor("a word and its end", 1, size -> size > count && size <= 2 * count);
    }

    void sums() {
        results("summed", count * (count + 1) / 2, "sum_list");
        isClean("sum_list");
        asksFor("a node of " + NODE + " bytes", count, size -> size == NODE);
    }

    void counts() {
        Set<Long> remainders = new TreeSet<>();
        for (long i = 0; i < count; i++) {
            remainders.add(i * i % count);
        }
        results("counted", remainders.size(), "count_remainders");
        isClean("count_remainders");
        asksFor(count + " numbers", 1, size -> size == count * Long.BYTES);
    }

    void grows() {
        results("grown", count * (count - 1) / 2, "grow_array");
        isClean("grow_array");
        asksFor(2 * count + " numbers", 1, size -> size == 2 * count * Long.BYTES);
    }

    private void asksFor(String what, long times, LongPredicate fits) {
        assertThat(Ledger.requests(watched.run(), "done").stream()
                        .mapToLong(Long::longValue)
                        .filter(fits)
                        .count())
                .as("requests for %s", what)
                .isGreaterThanOrEqualTo(times);
    }

    private void results(String variable, long value, String function) {
        assertThat(watched.word("done", variable, 0))
                .as("%s, which is what %s comes to", variable, function)
                .isEqualTo(value);
    }

    /** valgrind has found nothing in this function; what lies in none of the four is held against each. */
    private void isClean(String function) {
        List<ValgrindFinding> found = report.findings().stream()
                .filter(finding -> !finding.kind().equals(ValgrindFinding.REACHABLE))
                .filter(finding ->
                        finding.passes(function) || FUNCTIONS.stream().noneMatch(finding::passes))
                .toList();
        assertThat(found.size())
                .as("what valgrind finds in %s: %s", function, Memcheck.told(found, "bugs.c"))
                .isZero();
    }
}
