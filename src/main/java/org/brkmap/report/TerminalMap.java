package org.brkmap.report;

import java.util.List;
import org.brkmap.model.AddressRange;
import org.brkmap.model.Mapping;
import org.brkmap.model.Role;
import org.brkmap.model.Totals;
import org.jspecify.annotations.Nullable;

/**
 * The address space before and after a step in a few rows of text: the sum, then high addresses before low ones, what belongs
 * together as one row, changed regions marked, and between them how much is not used.
 */
final class TerminalMap {
    private static final int WIDE = 64;
    private static final int BAR = 10;
    private static final int MOST_ROWS = 24;

    private final Step step;
    private final Paragraphs text;
    private final int column;
    private final int name;
    private final boolean bars;

    private TerminalMap(Step step, Paragraphs text) {
        this.step = step;
        this.text = text;
        boolean wide = text.width() >= WIDE;
        this.column = wide ? 11 : 7;
        this.bars = wide;
        this.name = Math.min(28, text.width() - 2 - 3 * column - (bars ? BAR + 2 : 0));
    }

    static void write(Step step, Paragraphs text) {
        new TerminalMap(step, text).write();
    }

    private void write() {
        text.row(
                Paragraphs.FAINT,
                "  " + left("") + right("before") + right("after") + right(bars ? "in memory" : "in RAM"));
        total();
        List<MapRow> rows = MapRows.of(step);
        AddressRange above = null;
        for (MapRow row : rows.subList(0, Math.min(MOST_ROWS, rows.size()))) {
            // A row that was split since stands for two neighbours, and can reach into the next: that is no gap.
            if (above != null && Long.compareUnsigned(above.start(), row.range().end()) > 0) {
                AddressRange between = AddressRange.ofLength(
                        row.range().end(), above.start() - row.range().end());
                gap(between);
            }
            above = row.range();
            text.row("", shown(row));
        }
        if (rows.size() > MOST_ROWS) {
            text.row(Paragraphs.FAINT, "  and " + (rows.size() - MOST_ROWS) + " rows below");
        }
    }

    /** What lies in a gap is nothing, or ours. */
    private void gap(AddressRange range) {
        long probe = step.after().mappings().stream()
                .filter(mapping ->
                        mapping.role() == Role.PROBE && mapping.range().overlaps(range))
                .mapToLong(Mapping::size)
                .sum();
        long free = range.length() - probe;
        String ours = probe == 0 ? "" : Sizes.compact(probe) + " of brkmap's probe";
        String unused = free == 0 ? "" : Sizes.compact(free) + " not used";
        text.row(Paragraphs.FAINT, "  ≈ " + ours + (ours.isEmpty() || unused.isEmpty() ? "" : ", ") + unused);
    }

    private void total() {
        Totals before = step.before().totals();
        Totals after = step.after().totals();
        String line = "  "
                + left("total")
                + right(size(before.virtual()))
                + right(size(after.virtual()))
                + right(narrow(Sizes.compact(after.resident())))
                + bar(after.virtual(), after.resident());
        text.row(Paragraphs.BOLD, line.stripTrailing());
    }

    private String shown(MapRow row) {
        boolean changed = !row.mark().isEmpty();
        String label = row.parts() > 1 ? row.label() + " ×" + row.parts() : row.label();
        String line = (changed ? row.mark() : " ")
                + " "
                + text.styled(
                        changed ? Paragraphs.BOLD : "", text.styled(row.hue().colour(), left(label)))
                + right(size(row.before()))
                + right(size(row.after()))
                + right(row.after() == null ? "–" : narrow(Sizes.compact(row.resident())))
                + bar(row.after(), row.resident());
        return line.stripTrailing();
    }

    private String size(@Nullable Long bytes) {
        return bytes == null ? "–" : narrow(Sizes.compact(bytes));
    }

    private String narrow(String size) {
        return bars ? size : size.replace(" ", "").replace("iB", "");
    }

    private String bar(@Nullable Long after, @Nullable Long resident) {
        if (!bars || after == null || resident == null || after == 0) {
            return "";
        }
        int full = (int) Math.min(BAR, (resident * BAR + after - 1) / after);
        return "  " + "▓".repeat(full) + "░".repeat(BAR - full);
    }

    /** Cut in its middle: the number of parts at the end is kept. */
    private String left(String label) {
        String whole = Visible.line(label, 60);
        int parts = whole.lastIndexOf(" ×");
        String end = parts < 0 ? "" : whole.substring(parts);
        String cut = whole.length() > name && end.length() < name
                ? whole.substring(0, name - 1 - end.length()) + "…" + end
                : whole;
        return cut + " ".repeat(Math.max(0, name - cut.length()));
    }

    private String right(String value) {
        return " ".repeat(Math.max(1, column - value.length())) + value;
    }
}
