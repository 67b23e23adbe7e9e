package org.brkmap.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.brkmap.bench.CopyCell.Cache;
import org.brkmap.bench.CopyCell.Destination;
import org.brkmap.bench.CopyStrategy.Family;
import org.brkmap.bench.CopySummary.Verdict;
import org.brkmap.report.Sizes;
import org.jspecify.annotations.Nullable;

/** The two answers that a reader comes for, before all else: what is fastest here, and what the textbook's pair does. */
final class CopyInShort {
    static final List<String> HEAD = List.of(
            "Circumstances",
            "Best median",
            "× read/write 8 KiB",
            "Not shown to be slower than it",
            "mmap × read/write 8 KiB",
            "Says",
            "mmap × best buffer");

    private static final int MOST_NAMES = 3;

    private final CopyResults results;

    private CopyInShort(CopyResults results) {
        this.results = results;
    }

    /** A row for each circumstance, of the largest file. */
    static List<List<String>> rows(CopyResults results) {
        CopyInShort brief = new CopyInShort(results);
        return results.cells().stream()
                .filter(cell -> cell.bytes() == results.plan().largest())
                .map(brief::row)
                .flatMap(Optional::stream)
                .toList();
    }

    /** Of the pair that the textbook compares: in its circumstances, and in others. */
    static List<String> sentences(CopyResults results) {
        return new CopyInShort(results).sentences();
    }

    private Optional<List<String>> row(CopyCell cell) {
        List<CopySummary> all = results.of(cell);
        return CopySummary.best(all, summary -> !summary.strategy().isLimit()).map(best -> {
            Estimate pair = pair(cell);
            return List.of(
                    cell.circumstances(),
                    best.strategy().title() + ", " + CopyTable.rate(best.throughput()),
                    times(best.toTextbook()),
                    equals(all, best),
                    times(pair),
                    pair == null
                            ? "n/a"
                            : switch (Verdict.of(pair)) {
                                case FASTER -> "mmap is faster";
                                case SLOWER -> "mmap is slower";
                                case NO_DIFFERENCE, TOO_FEW, UNKNOWN ->
                                    Verdict.of(pair).words();
                            },
                    times(toBestBuffer(cell)));
        });
    }

    /** The ways whose interval to the best one holds 1. */
    private String equals(List<CopySummary> all, CopySummary best) {
        List<String> names = new ArrayList<>();
        for (CopySummary other : all) {
            if (other.strategy().isLimit() || other.strategy().equals(best.strategy())) {
                continue;
            }
            Estimate ratio = CopySummary.ratio(
                    results.of(other.cell(), other.strategy().id()),
                    results.of(best.cell(), best.strategy().id()));
            if (Verdict.of(ratio) == Verdict.NO_DIFFERENCE) {
                names.add(other.strategy().title());
            }
        }
        if (names.size() > MOST_NAMES) {
            return String.join("; ", names.subList(0, MOST_NAMES)) + "; and " + (names.size() - MOST_NAMES) + " more";
        }
        return names.isEmpty() ? "none" : String.join("; ", names);
    }

    private List<String> sentences() {
        CopyCell warm = new CopyCell(results.plan().largest(), Cache.WARM, Destination.NEW, false);
        CopyCell cold = new CopyCell(warm.bytes(), Cache.COLD, warm.destination(), warm.synced());
        CopyCell over = new CopyCell(warm.bytes(), warm.cache(), Destination.OVERWRITTEN, warm.synced());
        List<String> pairs = new ArrayList<>();
        add(pairs, pair(cold), "from a cold disk into a new file, as in the textbook");
        add(pairs, pair(warm), "from a warm cache into a new file");
        add(pairs, pair(over), "from a warm cache over an old file");
        if (pairs.isEmpty()) {
            return List.of();
        }
        List<String> sentences = new ArrayList<>();
        sentences.add(String.format(
                Locale.ROOT,
                "The textbook's pair, mappings beside a buffer of 8 KiB, %s: mapping takes %s.",
                Sizes.compact(warm.bytes()),
                String.join("; ", pairs)));
        Double reading = idle(cold, CopyStrategy.TEXTBOOK);
        Double mapping = idle(cold, CopyStrategy.TEXTBOOK_MAPPED);
        if (reading != null && mapping != null) {
            sentences.add(String.format(
                    Locale.ROOT,
                    "The cold disk: no processor works for the copy during %.0f %% of the time of read and write and %.0f %% of"
                            + " that of mapping.",
                    100 * reading,
                    100 * mapping));
        }
        Optional<CopySummary> buffer = bestBuffer(warm);
        Estimate larger = toBestBuffer(warm);
        if (buffer.isPresent() && larger != null) {
            sentences.add(String.format(
                    Locale.ROOT,
                    "The small buffer: beside the best one (%s, warm, new file) mapping takes %s the time.",
                    buffer.get().strategy().title(),
                    times(larger)));
        }
        return sentences;
    }

    private static void add(List<String> pairs, @Nullable Estimate ratio, String circumstances) {
        if (ratio != null) {
            pairs.add(times(ratio) + " the time " + circumstances);
        }
    }

    private Optional<CopySummary> bestBuffer(CopyCell cell) {
        return results.of(cell).stream()
                .filter(summary -> summary.strategy().family() == Family.BUFFER)
                .filter(summary -> !summary.strategy().id().equals(CopyStrategy.TEXTBOOK))
                .min(Comparator.comparingDouble(summary -> summary.millis().median()));
    }

    private @Nullable Estimate toBestBuffer(CopyCell cell) {
        return bestBuffer(cell)
                .map(buffer -> CopySummary.ratio(
                        results.of(cell, CopyStrategy.TEXTBOOK_MAPPED),
                        results.of(cell, buffer.strategy().id())))
                .filter(Objects::nonNull)
                .orElse(null);
    }

    private @Nullable Double idle(CopyCell cell, String id) {
        return results.of(cell).stream()
                .filter(summary -> summary.strategy().id().equals(id))
                .map(CopySummary::idleShare)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private @Nullable Estimate pair(CopyCell cell) {
        return CopySummary.ratio(
                results.of(cell, CopyStrategy.TEXTBOOK_MAPPED), results.of(cell, CopyStrategy.TEXTBOOK));
    }

    private static String times(@Nullable Estimate ratio) {
        return ratio == null
                ? "n/a"
                : String.format(Locale.ROOT, "%.2f× (%.2f–%.2f)", ratio.median(), ratio.low(), ratio.high());
    }
}
