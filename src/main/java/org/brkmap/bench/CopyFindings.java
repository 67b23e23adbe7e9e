package org.brkmap.bench;

import java.util.ArrayList;
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

/**
 * What the figures of this machine say, in sentences. Each is made from counters and intervals of this run; a sentence whose
 * figures were not measured is not made.
 */
final class CopyFindings {
    private static final long PAGE = 4096;
    private static final double WITHIN = 1.3;

    private final CopyResults results;
    private final List<String> sentences = new ArrayList<>();

    private CopyFindings(CopyResults results) {
        this.results = results;
    }

    static List<String> of(CopyResults results) {
        CopyFindings findings = new CopyFindings(results);
        findings.textbookPair();
        findings.whereTheSignTurns();
        findings.faults();
        findings.newAgainstOverwritten();
        findings.best();
        findings.javaBesideC();
        return List.copyOf(findings.sentences);
    }

    /** For each circumstance the largest file: the pair of the textbook, and what they spend their time on. */
    private void textbookPair() {
        for (CopyCell cell : largestCells()) {
            Optional<CopySummary> mapped = summary(cell, CopyStrategy.TEXTBOOK_MAPPED);
            Optional<CopySummary> buffered = summary(cell, CopyStrategy.TEXTBOOK);
            if (mapped.isEmpty() || buffered.isEmpty()) {
                continue;
            }
            Estimate ratio = mapped.get().toTextbook();
            sentences.add(String.format(
                    Locale.ROOT,
                    "The textbook's pair, %s, %s: mapping takes %s of the time of read and write with 8 KiB: %s.%s",
                    Sizes.compact(cell.bytes()),
                    cell.circumstances(),
                    times(ratio),
                    pairVerdict(Verdict.of(ratio)),
                    waiting(buffered.get(), mapped.get())));
        }
    }

    private static String pairVerdict(Verdict verdict) {
        return switch (verdict) {
            case FASTER -> "mapping is faster";
            case SLOWER -> "read and write are faster";
            default -> "no difference shown";
        };
    }

    /** The share of the time in which no processor worked for the copy: the disk's. */
    private static String waiting(CopySummary buffered, CopySummary mapped) {
        Double first = idle(buffered);
        Double second = idle(mapped);
        if (first == null || second == null) {
            return "";
        }
        return String.format(
                Locale.ROOT,
                " Without a processor working for it, waiting for disk or turn: %.0f %% of the time with read and write,"
                        + " %.0f %% with mappings.",
                first,
                second);
    }

    private static @Nullable Double idle(CopySummary summary) {
        Double user = summary.userMillis();
        Double system = summary.systemMillis();
        if (user == null || system == null) {
            return null;
        }
        double all = summary.millis().median();
        return Math.max(0, 100 * (all - user - system) / all);
    }

    private void whereTheSignTurns() {
        for (CopyCell cell : largestCells()) {
            if (cell.cache() == Cache.COLD
                    || summary(cell, CopyStrategy.TEXTBOOK_MAPPED).isEmpty()) {
                continue;
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
            sentences.add(Sizes.compact(cell.bytes()) + ", " + cell.circumstances()
                    + ": read and write beat the plain mappings with buffers of "
                    + (faster.isEmpty() ? "no size" : String.join(", ", faster)) + "; they lose with "
                    + (slower.isEmpty() ? "none" : String.join(", ", slower))
                    + ". Where neither is said no difference was shown.");
        }
    }

    private void faults() {
        for (CopyCell cell : largestCells()) {
            Optional<CopySummary> plain = summary(cell, CopyStrategy.TEXTBOOK_MAPPED);
            Optional<CopySummary> populated = summary(cell, "mapped-populate");
            Double faults = plain.map(CopySummary::faults).orElse(null);
            if (faults == null || cell.bytes() < PAGE) {
                continue;
            }
            String text = String.format(
                    Locale.ROOT,
                    "%s, %s: the plain mappings meet %.0f page faults for 2 × %d pages of 4 KiB",
                    Sizes.compact(cell.bytes()),
                    cell.circumstances(),
                    faults,
                    (cell.bytes() + PAGE - 1) / PAGE);
            Double rest = populated.map(CopySummary::faults).orElse(null);
            if (rest != null) {
                text += String.format(
                        Locale.ROOT,
                        ", with MAP_POPULATE %.0f, in %s of the time",
                        rest,
                        times(CopySummary.ratio(
                                results.of(cell, "mapped-populate"), results.of(cell, CopyStrategy.TEXTBOOK_MAPPED))));
            }
            sentences.add(text + ".");
        }
    }

    private void newAgainstOverwritten() {
        for (CopyCell cell : largestCells()) {
            if (cell.destination() != Destination.NEW) {
                continue;
            }
            CopyCell over = new CopyCell(cell.bytes(), cell.cache(), Destination.OVERWRITTEN, cell.synced());
            for (String id : List.of(CopyStrategy.TEXTBOOK, CopyStrategy.TEXTBOOK_MAPPED)) {
                Estimate ratio = CopySummary.ratio(results.of(cell, id), results.of(over, id));
                if (ratio != null) {
                    sentences.add(title(id) + ", " + Sizes.compact(cell.bytes()) + ": into a new file takes "
                            + times(ratio) + " of the time over an old one: its room is found"
                            + (id.equals(CopyStrategy.TEXTBOOK) ? "." : ", and every page is zeroed first."));
                }
            }
        }
    }

    private void best() {
        for (CopyCell cell : largestCells()) {
            List<CopySummary> all = CopySummary.of(results, cell);
            Optional<CopySummary> best =
                    CopySummary.best(all, summary -> !summary.strategy().isLimit());
            Optional<CopySummary> alone = CopySummary.best(
                    all,
                    summary ->
                            !summary.strategy().isLimit() && summary.strategy().family() != Family.PARALLEL);
            Optional<CopySummary> parallel =
                    CopySummary.best(all, summary -> summary.strategy().family() == Family.PARALLEL);
            if (best.isEmpty()) {
                continue;
            }
            String text = Sizes.compact(cell.bytes()) + ", " + cell.circumstances() + ": the fastest was "
                    + best.get().strategy().title() + ", " + times(best.get().toTextbook())
                    + " of the textbook's time and " + times(best.get().toLimit()) + " that of memcpy alone";
            if (alone.isPresent() && parallel.isPresent()) {
                Estimate ratio = CopySummary.ratio(
                        results.of(cell, alone.get().strategy().id()),
                        results.of(cell, parallel.get().strategy().id()));
                text += "; the best with one thread (" + alone.get().strategy().title() + ") takes " + times(ratio)
                        + " of the best with several requests under way ("
                        + parallel.get().strategy().title() + ")"
                        + (ratio != null && ratio.median() <= WITHIN ? ", within 1.3" : ", not within 1.3");
            }
            sentences.add(text + ".");
        }
    }

    private void javaBesideC() {
        for (CopyCell cell : largestCells()) {
            Estimate ratio = CopySummary.ratio(results.of(cell, "java-transfer"), results.of(cell, "copy-file-range"));
            if (ratio != null) {
                sentences.add("Java's transferTo beside C's copy_file_range, " + Sizes.compact(cell.bytes()) + ", "
                        + cell.circumstances() + ": " + times(ratio) + ".");
            }
        }
    }

    private List<CopyCell> largestCells() {
        List<CopyCell> cells = new ArrayList<>(results.cells());
        return cells.stream()
                .filter(cell -> cells.stream()
                        .noneMatch(other -> other.differsOnlyInSizeFrom(cell) && other.bytes() > cell.bytes()))
                .toList();
    }

    private Optional<CopySummary> summary(CopyCell cell, String id) {
        return CopySummary.of(results, cell).stream()
                .filter(summary -> summary.strategy().id().equals(id))
                .findFirst();
    }

    private String title(String id) {
        return results.strategies().stream()
                .filter(strategy -> strategy.id().equals(id))
                .map(CopyStrategy::title)
                .findFirst()
                .orElse(id);
    }

    private static String times(@Nullable Estimate ratio) {
        return ratio == null
                ? "n/a"
                : String.format(
                        Locale.ROOT,
                        "%.2f× (%.2f–%.2f)",
                        Objects.requireNonNull(ratio).median(),
                        ratio.low(),
                        ratio.high());
    }
}
