package org.brkmap.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the runs of one way in one cell say together. Immutable.
 *
 * @param millis of the whole copy
 * @param toTextbook its time over that of the textbook's read and write, of the same rounds; null if that was not measured
 * @param toLimit its time over that of copying from memory to memory
 * @param phases median milliseconds of each phase
 * @param counts medians; what this machine does not count is left out
 */
public record CopySummary(
        CopyStrategy strategy,
        CopyCell cell,
        Estimate millis,
        @Nullable Estimate toTextbook,
        @Nullable Estimate toLimit,
        Map<String, Double> phases,
        Map<String, Double> counts) {

    /** What the interval of a ratio allows to say. */
    public enum Verdict {
        FASTER("faster"),
        SLOWER("slower"),
        NO_DIFFERENCE("no difference shown"),
        TOO_FEW("too few runs to say"),
        UNKNOWN("n/a");

        /** Of five values all lie on one side of the median once in sixteen times: no interval of theirs holds it with 95 %. */
        private static final int FEWEST = 6;

        private final String words;

        Verdict(String words) {
            this.words = words;
        }

        /** For people. */
        public String words() {
            return words;
        }

        static Verdict of(@Nullable Estimate ratio) {
            if (ratio == null) {
                return UNKNOWN;
            }
            if (ratio.count() < FEWEST) {
                return TOO_FEW;
            }
            if (ratio.high() < 1) {
                return FASTER;
            }
            return ratio.low() > 1 ? SLOWER : NO_DIFFERENCE;
        }
    }

    /** The ways measured in a cell, the fastest first; the limit is among them. */
    static List<CopySummary> of(CopyResults results, CopyCell cell) {
        List<CopySummary> summaries = new ArrayList<>();
        for (CopyStrategy strategy : results.strategies()) {
            of(results, cell, strategy).ifPresent(summaries::add);
        }
        summaries.sort(Comparator.comparingDouble(summary -> summary.millis().median()));
        return summaries;
    }

    private static Optional<CopySummary> of(CopyResults results, CopyCell cell, CopyStrategy strategy) {
        List<CopyRun> runs = results.of(cell, strategy.id());
        if (runs.isEmpty()) {
            return Optional.empty();
        }
        double[] millis =
                runs.stream().mapToDouble(run -> run.measure().millis()).toArray();
        Map<String, Double> counts = medians(runs, measure -> measure.counts());
        Map<String, Double> phases = medians(runs, measure -> measure.phases());
        phases.replaceAll((phase, nanos) -> nanos / 1e6);
        return Optional.of(new CopySummary(
                strategy,
                cell,
                Estimate.of(millis),
                ratio(runs, results.of(cell, CopyStrategy.TEXTBOOK)),
                ratio(runs, results.of(cell, CopyStrategy.LIMIT)),
                phases,
                counts));
    }

    /** Round by round, so that a machine that slows down for a while slows both. */
    static @Nullable Estimate ratio(List<CopyRun> ours, List<CopyRun> theirs) {
        Map<Integer, Double> other = new TreeMap<>();
        theirs.forEach(run -> other.put(run.round(), run.measure().millis()));
        double[] ratios = ours.stream()
                .mapToDouble(run -> run.measure().millis() / other.getOrDefault(run.round(), 0.0))
                .filter(Double::isFinite)
                .toArray();
        return ratios.length == 0 ? null : Estimate.of(ratios);
    }

    private static Map<String, Double> medians(
            List<CopyRun> runs, Function<CopyMeasure, ? extends Map<String, ? extends @Nullable Long>> values) {
        Map<String, Double> medians = new LinkedHashMap<>();
        for (String name : values.apply(runs.get(0).measure()).keySet()) {
            double[] known = runs.stream()
                    .map(run -> values.apply(run.measure()).get(name))
                    .filter(value -> value != null)
                    .mapToDouble(Long::doubleValue)
                    .toArray();
            if (known.length > 0) {
                medians.put(name, Estimate.median(known));
            }
        }
        return medians;
    }

    Verdict verdict() {
        return Verdict.of(toTextbook);
    }

    /** In bytes a second; unknown for a file of no bytes. */
    @Nullable Double throughput() {
        return cell.bytes() == 0 ? null : (Double) (cell.bytes() / (millis.median() / 1e3));
    }

    /** Milliseconds of the processor in the program; null if unknown. */
    @Nullable Double userMillis() {
        return perThousand("user_us");
    }

    /** Milliseconds of the processor in the kernel for the program; null if unknown. */
    @Nullable Double systemMillis() {
        return perThousand("system_us");
    }

    /** Milliseconds that a processor worked for the copy, in program and kernel; null if unknown. */
    @Nullable Double processorMillis() {
        Double user = userMillis();
        Double system = systemMillis();
        return user == null || system == null ? null : (Double) (user + system);
    }

    /** The share of the time in which no processor worked for the copy, from 0 to 1; null if unknown. */
    @Nullable Double idleShare() {
        Double busy = processorMillis();
        return busy == null || millis.median() <= 0
                ? null
                : (Double) Math.max(0, (millis.median() - busy) / millis.median());
    }

    /** What the interval allows to say of this way beside the textbook's, in words. */
    String verdictInWords() {
        if (strategy.isLimit()) {
            return "the limit";
        }
        return strategy.id().equals(CopyStrategy.TEXTBOOK)
                ? "the measure"
                : verdict().words();
    }

    @Nullable Double faults() {
        Double minor = counts.get("minor_faults");
        Double major = counts.get("major_faults");
        return minor == null || major == null ? null : (Double) (minor + major);
    }

    private @Nullable Double perThousand(String count) {
        Double micros = counts.get(count);
        return micros == null ? null : (Double) (micros / 1e3);
    }

    static Optional<CopySummary> best(List<CopySummary> summaries, Predicate<CopySummary> which) {
        ToDoubleFunction<CopySummary> time = summary -> summary.millis().median();
        return summaries.stream().filter(which).min(Comparator.comparingDouble(time));
    }
}
