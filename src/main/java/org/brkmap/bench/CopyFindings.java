package org.brkmap.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.brkmap.bench.CopyCell.Cache;
import org.brkmap.bench.CopyCell.Destination;
import org.brkmap.bench.CopyStrategy.Family;
import org.brkmap.bench.CopySummary.Verdict;
import org.brkmap.report.Sizes;
import org.jspecify.annotations.Nullable;

/**
 * What the figures of this machine say, in sentences, for the largest file of each circumstance. Each is made from counters and
 * intervals of these runs; one whose figures were not measured is not made.
 */
final class CopyFindings {
    /** What {@link CopyWhy} answers. */
    static final String WHY = "Why reading and mapping can look alike, and where the sign turns";

    private static final long PAGE = 4096;
    private static final double WITHIN = 1.3;

    private final CopyResults results;
    private final CopyCell cell;
    private final List<CopySummary> all;
    private final List<String> sentences = new ArrayList<>();

    private CopyFindings(CopyResults results, CopyCell cell) {
        this.results = results;
        this.cell = cell;
        this.all = results.of(cell);
    }

    /** Sentences by circumstance, for example {@code warm source, new destination, not synced}. */
    static Map<String, List<String>> of(CopyResults results) {
        Map<String, List<String>> sentences = new LinkedHashMap<>();
        for (CopyCell cell : results.cells()) {
            boolean largest = results.cells().stream()
                    .noneMatch(other -> other.differsOnlyInSizeFrom(cell) && other.bytes() > cell.bytes());
            if (largest) {
                sentences.put(cell.circumstances(), new CopyFindings(results, cell).sentences());
            }
        }
        return sentences;
    }

    private List<String> sentences() {
        textbookPair();
        whereTheSignTurns();
        faults();
        newAgainstOverwritten();
        best();
        javaBesideC();
        return List.copyOf(sentences);
    }

    private void textbookPair() {
        Optional<CopySummary> mapped = summary(CopyStrategy.TEXTBOOK_MAPPED);
        Optional<CopySummary> buffered = summary(CopyStrategy.TEXTBOOK);
        if (mapped.isEmpty() || buffered.isEmpty()) {
            return;
        }
        Estimate ratio = mapped.get().toTextbook();
        say(
                "The textbook's pair, %s: mapping takes %s the time of read and write with 8 KiB: %s.",
                size(),
                times(ratio),
                switch (Verdict.of(ratio)) {
                    case FASTER -> "mapping is faster";
                    case SLOWER -> "read and write are faster";
                    case NO_DIFFERENCE, TOO_FEW, UNKNOWN -> Verdict.of(ratio).words();
                });
        Double bufferedIdle = buffered.get().idleShare();
        Double mappedIdle = mapped.get().idleShare();
        if (bufferedIdle != null && mappedIdle != null) {
            say(
                    "Why: with read and write no processor works for the copy during %.0f %% of the time (disk, or another"
                            + " program's turn), with mappings during %.0f %%%s.",
                    100 * bufferedIdle,
                    100 * mappedIdle,
                    Math.min(bufferedIdle, mappedIdle) > 0.5
                            ? "; where both mostly wait, how the bytes are moved decides little"
                            : "");
        }
    }

    private void whereTheSignTurns() {
        if (cell.cache() == Cache.COLD || summary(CopyStrategy.TEXTBOOK_MAPPED).isEmpty()) {
            return;
        }
        List<CopyRun> mapped = results.of(cell, CopyStrategy.TEXTBOOK_MAPPED);
        List<String> slower = new ArrayList<>();
        List<String> faster = new ArrayList<>();
        for (CopyStrategy strategy : results.strategies()) {
            if (strategy.family() == Family.BUFFER) {
                Verdict verdict = Verdict.of(CopySummary.ratio(results.of(cell, strategy.id()), mapped));
                String size = strategy.id().substring("buffer-".length());
                if (verdict == Verdict.FASTER) {
                    faster.add(size);
                } else if (verdict == Verdict.SLOWER) {
                    slower.add(size);
                }
            }
        }
        say(
                "Read and write beat the plain mappings with buffers of %s; they lose with %s; with the other sizes no"
                        + " difference was shown.",
                faster.isEmpty() ? "no size" : String.join(", ", faster),
                slower.isEmpty() ? "none" : String.join(", ", slower));
    }

    private void faults() {
        Optional<CopySummary> plain = summary(CopyStrategy.TEXTBOOK_MAPPED);
        Optional<CopySummary> buffered = summary(CopyStrategy.TEXTBOOK);
        Double faults = plain.map(CopySummary::faults).orElse(null);
        Double few = buffered.map(CopySummary::faults).orElse(null);
        if (plain.isPresent() && faults != null && few != null && cell.bytes() >= PAGE) {
            say(
                    "The plain mappings meet %.0f page faults for 2 × %d pages of 4 KiB, read and write %.0f; a"
                            + " processor works %s ms and %s ms for the whole.",
                    faults,
                    (cell.bytes() + PAGE - 1) / PAGE,
                    few,
                    millis(plain.get().processorMillis()),
                    millis(buffered.map(CopySummary::processorMillis).orElse(null)));
        }
        Estimate populated =
                CopySummary.ratio(results.of(cell, "mapped-populate"), results.of(cell, CopyStrategy.TEXTBOOK_MAPPED));
        if (populated != null) {
            say(
                    "MAP_POPULATE, which takes the faults in advance, takes %s the time of plain mappings.",
                    times(populated));
        }
    }

    private void newAgainstOverwritten() {
        if (cell.destination() != Destination.NEW) {
            return;
        }
        CopyCell over = new CopyCell(cell.bytes(), cell.cache(), Destination.OVERWRITTEN, cell.synced());
        for (String id : List.of(CopyStrategy.TEXTBOOK, CopyStrategy.TEXTBOOK_MAPPED)) {
            Optional<CopySummary> fresh = summary(id);
            Optional<CopySummary> old = results.of(over).stream()
                    .filter(summary -> summary.strategy().id().equals(id))
                    .findFirst();
            if (fresh.isPresent() && old.isPresent()) {
                say(
                        "%s into a new file takes %s the time over an old one; a processor works %s ms against %s ms.",
                        fresh.get().strategy().title(),
                        times(CopySummary.ratio(results.of(cell, id), results.of(over, id))),
                        millis(fresh.get().processorMillis()),
                        millis(old.get().processorMillis()));
            }
        }
    }

    private void best() {
        Optional<CopySummary> best =
                CopySummary.best(all, summary -> !summary.strategy().isLimit());
        Optional<CopySummary> alone = CopySummary.best(
                all,
                summary -> !summary.strategy().isLimit() && summary.strategy().family() != Family.PARALLEL);
        Optional<CopySummary> parallel =
                CopySummary.best(all, summary -> summary.strategy().family() == Family.PARALLEL);
        if (best.isEmpty()) {
            return;
        }
        say(
                "The smallest median is that of %s: %s the textbook's time, %s that of copying the bytes in memory.",
                best.get().strategy().title(),
                times(best.get().toTextbook()),
                times(best.get().toLimit()));
        if (alone.isPresent() && parallel.isPresent()) {
            Estimate ratio = CopySummary.ratio(
                    results.of(cell, alone.get().strategy().id()),
                    results.of(cell, parallel.get().strategy().id()));
            say(
                    "The best with one request at a time (%s) takes %s the time of the best with several (%s)%s.",
                    alone.get().strategy().title(),
                    times(ratio),
                    parallel.get().strategy().title(),
                    ratio != null && ratio.median() <= WITHIN ? ": within 1.3" : ": not within 1.3");
        }
    }

    private void javaBesideC() {
        Estimate ratio = CopySummary.ratio(results.of(cell, "java-transfer"), results.of(cell, "copy-file-range"));
        if (ratio != null) {
            say("Java's transferTo takes %s the time of C's copy_file_range.", times(ratio));
        }
    }

    private void say(String format, Object... values) {
        sentences.add(String.format(Locale.ROOT, format, values));
    }

    private String size() {
        return Sizes.compact(cell.bytes());
    }

    private Optional<CopySummary> summary(String id) {
        return all.stream()
                .filter(summary -> summary.strategy().id().equals(id))
                .findFirst();
    }

    private static String millis(@Nullable Double millis) {
        return millis == null ? "n/a" : String.format(Locale.ROOT, millis < 10 ? "%.1f" : "%.0f", millis);
    }

    private static String times(@Nullable Estimate ratio) {
        return ratio == null
                ? "n/a ×"
                : String.format(Locale.ROOT, "%.2f× (%.2f–%.2f)", ratio.median(), ratio.low(), ratio.high());
    }
}
