package org.brkmap.export;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.brkmap.evidence.CheckStatus;
import org.brkmap.grade.Gradebook.Worth;
import org.jspecify.annotations.Nullable;

/**
 * A grade as a list of tests whose points add up to it, for forms in which they must. Where the rules of the course (lateness, points by
 * hand, whole numbers) make the sum another, there is a single test, the grade, and its message has the rest. Immutable.
 *
 * @param isSum whether the tests are the checks
 */
record Tests(List<Item> items, boolean isSum) {

    /**
     * One test.
     *
     * @param message null if it was passed
     */
    record Item(
            String name,
            CheckStatus status,
            BigDecimal score,
            BigDecimal max,
            @Nullable String message) {}

    Tests {
        items = List.copyOf(items);
    }

    /** @param whole whether points must be whole numbers; halves are rounded up */
    static Tests of(Grade grade, boolean whole) {
        BigDecimal points =
                whole ? rounded(grade.entry().earned()) : grade.entry().earned();
        BigDecimal max = whole ? rounded(grade.entry().max()) : grade.entry().max();
        List<Item> items = new ArrayList<>();
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal most = BigDecimal.ZERO;
        boolean fits = true;
        for (Worth worth : grade.entry().checks()) {
            BigDecimal score = Grade.plain(worth.earned());
            BigDecimal of = Grade.plain(worth.max());
            items.add(new Item(name(worth), worth.check().status(), score, of, Grade.message(worth, true)));
            sum = sum.add(score);
            most = most.add(of);
            fits &= score.compareTo(of) <= 0 && !(whole && (score.scale() > 0 || of.scale() > 0));
        }
        if (fits && sum.compareTo(points) == 0 && most.compareTo(max) == 0) {
            return new Tests(items, true);
        }
        boolean full = points.compareTo(max) >= 0;
        return new Tests(
                List.of(new Item(
                        grade.lab() + " by the rules of the course",
                        full ? CheckStatus.PASSED : CheckStatus.FAILED,
                        points.min(max),
                        max,
                        String.join("\n", Feedback.lines(grade)))),
                false);
    }

    /** What a check is called: its id keeps two of one title apart. */
    static String name(Worth worth) {
        return worth.check().id() + ": " + worth.check().title();
    }

    BigDecimal score() {
        return items.stream().map(Item::score).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    BigDecimal max() {
        return items.stream().map(Item::max).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal rounded(BigDecimal number) {
        return number.setScale(0, RoundingMode.HALF_UP);
    }
}
