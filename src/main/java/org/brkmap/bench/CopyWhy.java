package org.brkmap.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.brkmap.bench.CopyCell.Cache;
import org.brkmap.bench.CopyStrategy.Family;
import org.brkmap.bench.CopySummary.Verdict;
import org.brkmap.report.Sizes;
import org.jspecify.annotations.Nullable;

/**
 * Why the textbook, which copies with a buffer of 8 KiB from a cold disk, finds reading and mapping nearly equal, and where the
 * sign turns: the same pair in other circumstances, and what was counted. Nothing is said of what was not measured.
 */
final class CopyWhy {
    private final CopyResults results;
    private final List<String> sentences = new ArrayList<>();

    private CopyWhy(CopyResults results) {
        this.results = results;
    }

    static List<String> of(CopyResults results) {
        CopyWhy why = new CopyWhy(results);
        List<CopyCell> largest = results.cells().stream()
                .filter(cell -> results.cells().stream()
                        .noneMatch(other -> other.differsOnlyInSizeFrom(cell) && other.bytes() > cell.bytes()))
                .toList();
        largest.forEach(why::disk);
        largest.forEach(why::buffer);
        largest.forEach(why::mapping);
        largest.forEach(why::bySize);
        return List.copyOf(why.sentences);
    }

    /** Where the sign turns with the length of the file. */
    private void bySize(CopyCell largest) {
        Map<Verdict, List<String>> sizes = new LinkedHashMap<>();
        for (CopyCell cell : results.cells()) {
            if (cell.equals(largest) || cell.differsOnlyInSizeFrom(largest)) {
                Estimate ratio = pair(cell);
                if (ratio != null) {
                    sizes.computeIfAbsent(Verdict.of(ratio), verdict -> new ArrayList<>())
                            .add(Sizes.compact(cell.bytes()) + String.format(Locale.ROOT, " (%.2f×)", ratio.median()));
                }
            }
        }
        List<String> parts = new ArrayList<>();
        part(parts, sizes.get(Verdict.FASTER), "mapping is faster than read and write with 8 KiB at ");
        part(parts, sizes.get(Verdict.SLOWER), "mapping is slower at ");
        part(parts, sizes.get(Verdict.NO_DIFFERENCE), "no difference is shown at ");
        part(parts, sizes.get(Verdict.TOO_FEW), "there are too few runs at ");
        if (!parts.isEmpty()) {
            say("%s: %s.", capital(largest.circumstances()), String.join("; ", parts));
        }
    }

    private static void part(List<String> parts, @Nullable List<String> sizes, String words) {
        if (sizes != null) {
            parts.add(words + String.join(", ", sizes));
        }
    }

    /** What the disk adds is the same for both, and hides what sets them apart. */
    private void disk(CopyCell cold) {
        CopyCell warm = new CopyCell(cold.bytes(), Cache.WARM, cold.destination(), cold.synced());
        Estimate coldPair = pair(cold);
        Estimate warmPair = pair(warm);
        Double reading = time(cold, CopyStrategy.TEXTBOOK);
        Double mapping = time(cold, CopyStrategy.TEXTBOOK_MAPPED);
        Double warmReading = time(warm, CopyStrategy.TEXTBOOK);
        Double warmMapping = time(warm, CopyStrategy.TEXTBOOK_MAPPED);
        if (cold.cache() != Cache.COLD
                || coldPair == null
                || warmPair == null
                || reading == null
                || mapping == null
                || warmReading == null
                || warmMapping == null) {
            return;
        }
        if (reading <= warmReading || mapping <= warmMapping) {
            say(
                    "The disk, %s: these runs do not show what a cold source adds; the ratio of the pair is %s warm and %s cold%s.",
                    about(cold), times(warmPair), times(coldPair), change(warmPair, coldPair));
            return;
        }
        double readingShare = (reading - warmReading) / reading;
        double mappingShare = (mapping - warmMapping) / mapping;
        say(
                "The disk, %s: a cold source adds %.1f ms to the %.1f ms of read and write, and %.1f ms to the %.1f ms of mapping:"
                        + " %.0f %% and %.0f %% of the cold times. The ratio of the pair goes from %s warm to %s cold%s.",
                about(cold),
                reading - warmReading,
                warmReading,
                mapping - warmMapping,
                warmMapping,
                100 * readingShare,
                100 * mappingShare,
                times(warmPair),
                times(coldPair),
                change(warmPair, coldPair));
    }

    /** What 8 KiB cost, beside the best buffer. */
    private void buffer(CopyCell cell) {
        Optional<CopySummary> small = summary(cell, CopyStrategy.TEXTBOOK);
        Optional<CopySummary> best = results.strategies().stream()
                .filter(strategy -> strategy.family() == Family.BUFFER)
                .map(strategy -> summary(cell, strategy.id()))
                .flatMap(Optional::stream)
                .min(Comparator.comparingDouble(summary -> summary.millis().median()));
        Estimate mapped = pair(cell);
        if (cell.cache() != Cache.WARM || small.isEmpty() || best.isEmpty() || mapped == null) {
            return;
        }
        String id = best.get().strategy().id();
        Estimate gain = CopySummary.ratio(results.of(cell, id), results.of(cell, CopyStrategy.TEXTBOOK));
        Estimate turned = CopySummary.ratio(results.of(cell, CopyStrategy.TEXTBOOK_MAPPED), results.of(cell, id));
        if (gain == null || turned == null || Verdict.of(gain) != Verdict.FASTER) {
            return;
        }
        say(
                "The buffer, %s: %s takes %s the time of 8 KiB (system time %s ms instead of %s ms: the same bytes with fewer"
                        + " calls). Mapping takes %s the time of 8 KiB, and %s that of this buffer%s.",
                about(cell),
                best.get().strategy().title(),
                times(gain),
                millis(best.get().systemMillis()),
                millis(small.get().systemMillis()),
                times(mapped),
                times(turned),
                Verdict.of(mapped) != Verdict.SLOWER && Verdict.of(turned) == Verdict.SLOWER
                        ? ": the sign turns with the buffer"
                        : "");
    }

    /** What mapping costs instead of calls. */
    private void mapping(CopyCell cell) {
        Optional<CopySummary> mapped = summary(cell, CopyStrategy.TEXTBOOK_MAPPED);
        Optional<CopySummary> limit = summary(cell, CopyStrategy.LIMIT);
        Double faults = mapped.map(CopySummary::faults).orElse(null);
        Double system = mapped.map(CopySummary::systemMillis).orElse(null);
        Double user = mapped.map(CopySummary::userMillis).orElse(null);
        if (cell.cache() != Cache.WARM
                || limit.isEmpty()
                || faults == null
                || faults < 1
                || system == null
                || user == null) {
            return;
        }
        say(
                "The faults, %s: mapping spends %s ms in the program (memcpy alone %s ms) and %s ms in the kernel, for %.0f"
                        + " page faults and the making of pages: %.0f ns a KiB, %.1f µs a fault.",
                about(cell),
                millis(user),
                millis(limit.get().userMillis()),
                millis(system),
                faults,
                system * 1e6 / (cell.bytes() / 1024.0),
                system * 1e3 / faults);
    }

    /** What the intervals allow to say of the two ratios. */
    private static String change(Estimate warm, Estimate cold) {
        Verdict before = Verdict.of(warm);
        Verdict after = Verdict.of(cold);
        if (before == Verdict.TOO_FEW || after == Verdict.TOO_FEW) {
            return ", of too few runs to say more";
        }
        if (after == Verdict.NO_DIFFERENCE) {
            return before == Verdict.NO_DIFFERENCE
                    ? ": no difference is shown in either"
                    : ": no difference is shown any more";
        }
        if (before == Verdict.NO_DIFFERENCE) {
            return ": a difference is shown only from the disk";
        }
        if (before != after) {
            return ": the sign turns with the disk";
        }
        boolean nearer = after == Verdict.SLOWER ? cold.high() < warm.low() : cold.low() > warm.high();
        return nearer ? ": the disk brings them nearer to each other" : ": the sign stays";
    }

    private @Nullable Estimate pair(CopyCell cell) {
        return CopySummary.ratio(
                results.of(cell, CopyStrategy.TEXTBOOK_MAPPED), results.of(cell, CopyStrategy.TEXTBOOK));
    }

    private @Nullable Double time(CopyCell cell, String id) {
        return summary(cell, id).map(summary -> summary.millis().median()).orElse(null);
    }

    private Optional<CopySummary> summary(CopyCell cell, String id) {
        return results.of(cell).stream()
                .filter(summary -> summary.strategy().id().equals(id))
                .findFirst();
    }

    private static String about(CopyCell cell) {
        return Sizes.compact(cell.bytes()) + ", "
                + cell.destination().name().toLowerCase(Locale.ROOT) + " destination"
                + (cell.synced() ? ", synced" : "");
    }

    private void say(String format, Object... values) {
        sentences.add(String.format(Locale.ROOT, format, values));
    }

    private static String capital(String words) {
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    private static String millis(@Nullable Double millis) {
        return millis == null ? "n/a" : String.format(Locale.ROOT, millis < 10 ? "%.1f" : "%.0f", millis);
    }

    private static String times(Estimate ratio) {
        return String.format(Locale.ROOT, "%.2f× (%.2f–%.2f)", ratio.median(), ratio.low(), ratio.high());
    }
}
