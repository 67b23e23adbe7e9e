package org.brkmap.bench;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One measured number. Immutable.
 *
 * @param unit {@code ×} for a ratio
 * @param estimate null where it could not be measured here; {@code what} then says why
 * @param target at most this, or null where none was set
 */
public record Figure(
        String what,
        String unit,
        @Nullable Estimate estimate,
        @Nullable Double target) {

    static Figure of(String what, String unit, double[] values, @Nullable Double target) {
        return new Figure(what, unit, Estimate.of(values), target);
    }

    static Figure ratio(String what, double[] ours, double[] theirs, @Nullable Double target) {
        return new Figure(what, "×", Estimate.ofRatios(ours, theirs), target);
    }

    static Figure unknown(String what, String why) {
        return new Figure(what + ": n/a, " + why, "", null, null);
    }

    String median() {
        return estimate == null ? "n/a" : number(estimate.median()) + " " + unit;
    }

    String interval() {
        return estimate == null ? "" : number(estimate.low()) + " – " + number(estimate.high());
    }

    String bound() {
        return target == null ? "" : "≤ " + number(target);
    }

    /** Whether the target is met: by the median, or only by the lower end of the interval. */
    String verdict() {
        if (target == null || estimate == null) {
            return "";
        }
        if (estimate.median() <= target) {
            return "met";
        }
        return estimate.low() <= target ? "met by the interval's lower end" : "missed";
    }

    private static String number(double value) {
        return String.format(
                Locale.ROOT, value < 0.1 ? "%.4f" : value < 10 ? "%.2f" : value < 1000 ? "%.1f" : "%.0f", value);
    }
}
