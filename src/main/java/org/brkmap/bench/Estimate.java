package org.brkmap.bench;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The median of a sample and the interval that holds 95 % of the medians of its bootstrap resamples. The resampling is seeded:
 * the same sample always gives the same interval. Immutable.
 *
 * @param count how many values it was estimated from
 */
public record Estimate(double median, double low, double high, int count) {
    private static final int RESAMPLES = 4000;
    private static final long SEED = 95;

    /** Estimates from at least one value. */
    public static Estimate of(double[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("nothing was measured");
        }
        SplittableRandom random = new SplittableRandom(SEED);
        double[] medians = new double[RESAMPLES];
        double[] drawn = new double[values.length];
        for (int i = 0; i < RESAMPLES; i++) {
            for (int j = 0; j < drawn.length; j++) {
                drawn[j] = values[random.nextInt(values.length)];
            }
            medians[i] = median(drawn);
        }
        Arrays.sort(medians);
        int tail = RESAMPLES / 40;
        return new Estimate(median(values), medians[tail], medians[RESAMPLES - 1 - tail], values.length);
    }

    /** Estimates the ratio of two ways to do the same, from runs taken in turn: pair by pair, so that the machine's mood cancels. */
    public static Estimate ofRatios(double[] ours, double[] theirs) {
        double[] ratios = new double[ours.length];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = ours[i] / theirs[i];
        }
        return of(ratios);
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
