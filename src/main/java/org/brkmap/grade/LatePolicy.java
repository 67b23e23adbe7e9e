package org.brkmap.grade;

import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What being late costs. Immutable.
 *
 * @param grace after the deadline that costs nothing
 * @param perDay percent of the earned points for each day begun after that
 * @param most percent that it takes at most
 * @param accept how long after the deadline something still counts; null for without end
 */
public record LatePolicy(
        Duration grace,
        BigDecimal perDay,
        BigDecimal most,
        @Nullable Duration accept) {
    private static final BigDecimal ALL = BigDecimal.valueOf(100);

    /** It costs nothing, and is only flagged. */
    public static final LatePolicy FREE = new LatePolicy(Duration.ZERO, BigDecimal.ZERO, ALL, null);

    /** Percent of the earned points that are kept when so late. */
    BigDecimal kept(Duration late) {
        if (late.compareTo(grace) <= 0) {
            return ALL;
        }
        if (accept != null && late.compareTo(accept) > 0) {
            return BigDecimal.ZERO;
        }
        long daysBegun = late.minus(grace).plusDays(1).minusNanos(1).toDays();
        return ALL.subtract(perDay.multiply(BigDecimal.valueOf(daysBegun)).min(most));
    }
}
