package org.brkmap.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.brkmap.report.Sizes;

/** The results for docs/MEASURING.md: the largest file in a table, a column for each circumstance; and what was found. */
final class CopyMarkdown {
    private CopyMarkdown() {}

    static String of(CopyResults results) {
        List<CopyCell> cells = results.cells().stream()
                .filter(cell -> cell.bytes() == results.plan().largest())
                .toList();
        List<String> head = new ArrayList<>();
        head.add(Sizes.compact(results.plan().largest())
                + ": milliseconds, and the ratio to the textbook's read and write");
        cells.forEach(cell -> head.add(cell.circumstances()));
        List<List<CopySummary>> columns = cells.stream().map(results::of).toList();
        List<List<String>> rows = results.strategies().stream()
                .sorted(Comparator.comparing(CopyStrategy::family))
                .map(strategy -> row(strategy, columns))
                .toList();
        List<String> lines = new ArrayList<>(results.machine());
        lines.add(results.plan().rounds() + " rounds, seed " + results.plan().seed()
                + (results.finished() ? "" : "; cut short"));
        results.missing().forEach((id, why) -> lines.add("not measured: " + id + ": " + why));
        results.unmeasured().forEach((cell, why) -> lines.add(CopyTable.unmeasured(cell, why)));
        results.notes().forEach(note -> lines.add("note: " + note));
        StringBuilder text = new StringBuilder(Measured.markdown(lines, head, rows));
        text.append("\nIn short:\n\n");
        CopyInShort.sentences(results)
                .forEach(sentence -> text.append("- ").append(sentence).append('\n'));
        text.append('\n').append(CopyFindings.WHY).append(":\n\n");
        CopyWhy.of(results)
                .forEach(sentence -> text.append("- ").append(sentence).append('\n'));
        CopyFindings.of(results).forEach((circumstances, findings) -> {
            text.append("\nWhat it says, ").append(circumstances).append(":\n\n");
            findings.forEach(finding -> text.append("- ").append(finding).append('\n'));
        });
        return text.toString();
    }

    private static List<String> row(CopyStrategy strategy, List<List<CopySummary>> columns) {
        List<String> row = new ArrayList<>(List.of(strategy.title()));
        for (List<CopySummary> column : columns) {
            Optional<CopySummary> here = column.stream()
                    .filter(summary -> summary.strategy().id().equals(strategy.id()))
                    .findFirst();
            row.add(here.map(CopyMarkdown::cell).orElse(""));
        }
        return row;
    }

    private static String cell(CopySummary summary) {
        String millis = String.format(Locale.ROOT, "%.1f", summary.millis().median());
        Estimate ratio = summary.toTextbook();
        return ratio == null
                ? millis
                : String.format(
                        Locale.ROOT,
                        "%s; %.2f (%.2f–%.2f), %s",
                        millis,
                        ratio.median(),
                        ratio.low(),
                        ratio.high(),
                        summary.verdictInWords());
    }
}
