package org.brkmap.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.brkmap.bench.CopyStrategy.Family;
import org.brkmap.report.Chart;
import org.brkmap.report.ChartPage;
import org.brkmap.report.Sizes;
import org.jspecify.annotations.Nullable;

/** The results as a page: what was found, then for each circumstance the plots and the table. */
final class CopyPage {
    private static final List<String> PHASES = List.of("open", "map", "copy", "flush", "unmap", "close");

    private final CopyResults results;

    private CopyPage(CopyResults results) {
        this.results = results;
    }

    static String of(CopyResults results) {
        CopyPage page = new CopyPage(results);
        List<ChartPage.Section> sections = new ArrayList<>();
        List<List<String>> brief = CopyInShort.rows(results);
        if (!brief.isEmpty()) {
            String caption = "Fastest, and the textbook's pair: "
                    + Sizes.compact(results.plan().largest());
            sections.add(new ChartPage.Section(
                    "In short",
                    CopyInShort.sentences(results),
                    List.of(),
                    List.of(new ChartPage.Table(caption, CopyInShort.HEAD, brief))));
        }
        List<String> why = CopyWhy.of(results);
        if (!why.isEmpty()) {
            sections.add(new ChartPage.Section(CopyFindings.WHY, why, List.of(), List.of()));
        }
        Map<String, List<String>> findings = CopyFindings.of(results);
        Set<String> done = new LinkedHashSet<>();
        for (CopyCell cell : results.cells()) {
            if (done.add(cell.circumstances())) {
                sections.add(page.circumstances(cell, findings.getOrDefault(cell.circumstances(), List.of())));
            }
        }
        page.notMeasured(done).forEach(sections::add);
        sections.add(page.conditions());
        return ChartPage.render(
                "copying files",
                page.headline(),
                "Every way copies the same bytes, all ways of a round together and in random order, each after an untimed copy"
                        + " of its own. Intervals hold the median with 95 % confidence; a way is called faster only where the"
                        + " interval of the ratio leaves out 1.",
                sections);
    }

    private String headline() {
        Optional<CopyCell> largest = results.cells().stream()
                .filter(cell -> cell.bytes() == results.plan().largest())
                .findFirst();
        if (largest.isEmpty()) {
            return "Nothing was measured";
        }
        List<CopySummary> all = results.of(largest.get());
        String size = Sizes.compact(largest.get().bytes());
        return CopySummary.best(all, summary -> !summary.strategy().isLimit())
                .map(best -> size + ": best median "
                        + rate(all, best.strategy().id()) + ", "
                        + best.strategy().title()
                        + "; the textbook's read and write " + rate(all, CopyStrategy.TEXTBOOK) + ", its mappings "
                        + rate(all, CopyStrategy.TEXTBOOK_MAPPED))
                .orElse("Nothing was measured");
    }

    private static String rate(List<CopySummary> all, String id) {
        return all.stream()
                .filter(summary -> summary.strategy().id().equals(id))
                .map(summary -> CopyTable.rate(summary.throughput()))
                .findFirst()
                .orElse("n/a");
    }

    /** All sizes of one circumstance. */
    private ChartPage.Section circumstances(CopyCell first, List<String> findings) {
        List<CopyCell> cells = results.cells().stream()
                .filter(cell -> cell.equals(first) || cell.differsOnlyInSizeFrom(first))
                .toList();
        CopyCell largest = cells.get(cells.size() - 1);
        List<CopySummary> summaries = results.of(largest);
        List<Chart> charts = new ArrayList<>();
        if (cells.size() > 1) {
            charts.add(throughput(cells, summaries));
        }
        charts.add(spread(largest, summaries));
        charts.add(phases(largest, summaries));
        List<ChartPage.Table> tables = cells.stream().map(this::table).toList();
        return new ChartPage.Section(heading(first.circumstances()), findings, charts, tables);
    }

    /** One line for the textbook's pair, and for the best of each family at the largest size: more would hide each other. */
    private Chart throughput(List<CopyCell> cells, List<CopySummary> largest) {
        Set<String> shown = new LinkedHashSet<>(List.of(CopyStrategy.TEXTBOOK, CopyStrategy.TEXTBOOK_MAPPED));
        for (Family family : Family.values()) {
            CopySummary.best(largest, summary -> summary.strategy().family() == family)
                    .ifPresent(best -> shown.add(best.strategy().id()));
        }
        Map<String, List<Chart.Point>> points = new TreeMap<>();
        for (CopyCell cell : cells) {
            for (CopySummary summary : results.of(cell)) {
                Double rate = summary.throughput();
                if (rate != null) {
                    points.computeIfAbsent(summary.strategy().id(), id -> new ArrayList<>())
                            .add(new Chart.Point(cell.bytes(), rate));
                }
            }
        }
        List<Chart.Series> series = results.strategies().stream()
                .filter(strategy -> shown.contains(strategy.id()) && points.containsKey(strategy.id()))
                .map(strategy -> new Chart.Series(
                        strategy.title(), strategy.family().hue(), points.getOrDefault(strategy.id(), List.of())))
                .toList();
        return new Chart.Lines(
                "Throughput by size",
                "The textbook's pair, and the best way of each family at "
                        + Sizes.compact(last(cells).bytes())
                        + ". Both axes are logarithmic: equal distances are equal factors. Higher is faster.",
                "/s",
                series);
    }

    private Chart spread(CopyCell cell, List<CopySummary> summaries) {
        List<Chart.SpreadRow> rows = summaries.stream()
                .map(summary -> new Chart.SpreadRow(
                        summary.strategy().title(),
                        summary.strategy().family().hue(),
                        results.of(cell, summary.strategy().id()).stream()
                                .map(run -> run.measure().millis())
                                .toList(),
                        summary.millis().median(),
                        summary.millis().low(),
                        summary.millis().high()))
                .toList();
        return new Chart.Spread(
                "Every run, " + Sizes.compact(cell.bytes()),
                "A dot is one copy, the stroke their median, the bar its 95 % interval. Further left is faster; an arrow is a run beyond the axis.",
                "ms",
                rows);
    }

    private Chart phases(CopyCell cell, List<CopySummary> summaries) {
        List<Chart.PartsRow> rows = summaries.stream()
                .map(summary -> new Chart.PartsRow(
                        summary.strategy().title(),
                        PHASES.stream()
                                .map(phase -> summary.phases().getOrDefault(phase, 0.0))
                                .toList()))
                .toList();
        return new Chart.Parts(
                "Where the time goes, " + Sizes.compact(cell.bytes()),
                "Medians of the phases. Flush includes setting the length. Commands show as one phase: they do not say more.",
                "ms",
                PHASES,
                rows);
    }

    private ChartPage.Table table(CopyCell cell) {
        List<List<String>> rows = results.of(cell).stream()
                .map(summary -> List.of(
                        summary.strategy().title(),
                        decimals(summary.millis().median()),
                        decimals(summary.millis().low()) + "–"
                                + decimals(summary.millis().high()),
                        CopyTable.rate(summary.throughput()),
                        ratio(summary.toTextbook()),
                        summary.verdictInWords(),
                        ratio(summary.toLimit()),
                        whole(summary.faults()),
                        whole(summary.counts().get("waits")),
                        optional(summary.userMillis()),
                        optional(summary.systemMillis()),
                        whole(summary.counts().get("instructions")),
                        whole(summary.counts().get("tlb_misses"))))
                .toList();
        return new ChartPage.Table(
                "To the digit: " + Sizes.compact(cell.bytes()) + ", " + cell.circumstances(),
                List.of(
                        "Way",
                        "ms",
                        "95 %",
                        "Throughput",
                        "× textbook",
                        "Verdict",
                        "× memcpy",
                        "Faults",
                        "Waits",
                        "User ms",
                        "System ms",
                        "Instructions",
                        "TLB misses"),
                rows);
    }

    /** Circumstances of which no size could be measured. */
    private List<ChartPage.Section> notMeasured(Set<String> measured) {
        Map<String, List<String>> reasons = new LinkedHashMap<>();
        results.unmeasured().forEach((cell, why) -> {
            if (!measured.contains(cell.circumstances())) {
                reasons.computeIfAbsent(cell.circumstances(), words -> new ArrayList<>())
                        .add(CopyTable.unmeasured(cell, why));
            }
        });
        List<ChartPage.Section> sections = new ArrayList<>();
        reasons.forEach((circumstances, lines) ->
                sections.add(new ChartPage.Section(heading(circumstances) + ": n/a", lines, List.of(), List.of())));
        return sections;
    }

    private static String heading(String circumstances) {
        return circumstances.substring(0, 1).toUpperCase(Locale.ROOT) + circumstances.substring(1);
    }

    private ChartPage.Section conditions() {
        List<String> lines = new ArrayList<>(results.machine());
        lines.add(results.plan().rounds() + " rounds, seed " + results.plan().seed()
                + (results.finished() ? "" : "; cut short"));
        results.missing().forEach((id, why) -> lines.add("Not measured: " + id + ": " + why));
        results.unmeasured().forEach((cell, why) -> lines.add(CopyTable.unmeasured(cell, why)));
        results.notes().forEach(note -> lines.add("Note: " + note));
        return new ChartPage.Section("Under which conditions", lines, List.of(), List.of());
    }

    private static CopyCell last(List<CopyCell> cells) {
        return cells.get(cells.size() - 1);
    }

    private static String ratio(@Nullable Estimate estimate) {
        return estimate == null
                ? "n/a"
                : String.format(Locale.ROOT, "%.2f (%.2f–%.2f)", estimate.median(), estimate.low(), estimate.high());
    }

    private static String decimals(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.3f" : "%.1f", value);
    }

    private static String optional(@Nullable Double value) {
        return value == null ? "n/a" : decimals(value);
    }

    private static String whole(@Nullable Double value) {
        return value == null ? "n/a" : String.format(Locale.ROOT, "%.0f", value);
    }
}
