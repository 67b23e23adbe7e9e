package org.brkmap.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.brkmap.model.AddressRange;
import org.brkmap.model.Change;
import org.brkmap.model.ChangeKind;
import org.brkmap.model.Mapping;
import org.brkmap.model.Usage;
import org.jspecify.annotations.Nullable;

/**
 * The address space before and after a step in a few rows of text: high addresses on top, neighbours of one kind that did not
 * change as one row, changed regions marked, and between them how much is not used.
 */
final class TerminalMap {
    private static final int WIDE = 64;
    private static final int BAR = 10;
    private static final int MOST_ROWS = 40;

    /** A row: what lies there before and after; sizes are null where nothing does. */
    private record Row(
            AddressRange range,
            Hue hue,
            String label,
            String mark,
            @Nullable Long before,
            @Nullable Long after,
            @Nullable Long resident,
            int parts) {

        boolean joins(Row higher) {
            return mark.isEmpty()
                    && higher.mark.isEmpty()
                    && hue == higher.hue
                    && (hue == Hue.LIBRARY || hue == Hue.PROGRAM || hue == Hue.KERNEL || label.equals(higher.label));
        }

        Row with(Row higher) {
            boolean alike = label.equals(higher.label) || higher.label.startsWith("library ");
            return new Row(
                    new AddressRange(range.start(), higher.range.end()),
                    hue,
                    alike ? label : hue.title(),
                    "",
                    plus(before, higher.before),
                    plus(after, higher.after),
                    plus(resident, higher.resident),
                    parts + higher.parts);
        }

        private static @Nullable Long plus(@Nullable Long one, @Nullable Long other) {
            return one == null || other == null ? null : (Long) (one + other);
        }
    }

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
        List<Row> rows = rows();
        AddressRange above = null;
        for (Row row : rows.subList(0, Math.min(MOST_ROWS, rows.size()))) {
            // A row that was split since stands for two neighbours, and can reach into the next: that is no gap.
            if (above != null && Long.compareUnsigned(above.start(), row.range.end()) > 0) {
                text.row(Paragraphs.FAINT, "  ≈ " + Sizes.compact(above.start() - row.range.end()) + " not used");
            }
            above = row.range;
            text.row("", shown(row));
        }
        if (rows.size() > MOST_ROWS) {
            text.row(Paragraphs.FAINT, "  and " + (rows.size() - MOST_ROWS) + " regions below");
        }
    }

    private String shown(Row row) {
        boolean changed = !row.mark.isEmpty();
        String label = row.parts > 1 ? row.label + " ×" + row.parts : row.label;
        String line = (changed ? row.mark : " ")
                + " "
                + text.styled(changed ? Paragraphs.BOLD : "", text.styled(colour(row.hue), left(label)))
                + right(size(row.before))
                + right(size(row.after))
                + right(row.after == null ? "–" : narrow(Sizes.compact(row.resident)));
        return (line + bar(row)).stripTrailing();
    }

    private String size(@Nullable Long bytes) {
        return bytes == null ? "–" : narrow(Sizes.compact(bytes));
    }

    private String narrow(String size) {
        return bars ? size : size.replace(" ", "").replace("iB", "");
    }

    private String bar(Row row) {
        Long resident = row.resident;
        Long after = row.after;
        if (!bars || after == null || resident == null || after == 0) {
            return "";
        }
        int full = (int) Math.min(BAR, (resident * BAR + after - 1) / after);
        return "  " + "▓".repeat(full) + "░".repeat(BAR - full);
    }

    private String left(String label) {
        String whole = Visible.line(label, 60);
        String cut = whole.length() > name ? whole.substring(0, name - 1) + "…" : whole;
        return cut + " ".repeat(name - cut.length());
    }

    private String right(String value) {
        return " ".repeat(Math.max(1, column - value.length())) + value;
    }

    /** Hues that are told apart without red and green; the words say the same. */
    private static String colour(Hue hue) {
        return switch (hue) {
            case PROGRAM -> "\u001b[34m";
            case HEAP -> "\u001b[33m";
            case ANONYMOUS -> "\u001b[36m";
            case STACK -> "\u001b[35m";
            default -> "";
        };
    }

    /** From high to low. What both snapshots have and what only one has, in the order of addresses. */
    private List<Row> rows() {
        List<Mapping> before = counted(step.before().mappings());
        List<Mapping> after = counted(step.after().mappings());
        List<Row> low = new ArrayList<>();
        int old = 0;
        int now = 0;
        while (old < before.size() || now < after.size()) {
            Mapping was = old < before.size() ? before.get(old) : null;
            Mapping is = now < after.size() ? after.get(now) : null;
            if (was != null && is != null && (was.range().overlaps(is.range()) || continues(was, is))) {
                low.add(row(was, is));
                old++;
                now++;
            } else if (is == null || (was != null && was.range().compareTo(is.range()) < 0)) {
                low.add(row(was, null));
                old++;
            } else {
                low.add(row(null, is));
                now++;
            }
        }
        List<Row> joined = new ArrayList<>();
        for (Row row : low) {
            int last = joined.size() - 1;
            if (last >= 0 && joined.get(last).joins(row)) {
                joined.set(last, joined.get(last).with(row));
            } else {
                joined.add(row);
            }
        }
        Collections.reverse(joined);
        return joined;
    }

    private static List<Mapping> counted(List<Mapping> mappings) {
        return mappings.stream().filter(mapping -> mapping.role().isCounted()).toList();
    }

    private static boolean continues(Mapping was, Mapping is) {
        return was.range().start() == is.range().start();
    }

    private Row row(@Nullable Mapping was, @Nullable Mapping is) {
        Mapping shown = is != null ? is : was;
        if (shown == null) {
            throw new IllegalStateException("a row of neither side");
        }
        AddressRange range = was == null || is == null
                ? shown.range()
                : new AddressRange(
                        least(was.range().start(), is.range().start()),
                        most(was.range().end(), is.range().end()));
        Usage usage = is == null ? null : is.usage();
        return new Row(
                range,
                Hue.of(shown.role()),
                MapRegion.label(shown),
                mark(was, is),
                was == null ? null : (Long) was.size(),
                is == null ? null : (Long) is.size(),
                is == null ? (Long) 0L : usage == null ? null : (Long) usage.rss(),
                1);
    }

    private String mark(@Nullable Mapping was, @Nullable Mapping is) {
        for (Change change : step.changes()) {
            boolean here = (is != null && is.range().overlaps(change.range()))
                    || (was != null && was.range().overlaps(change.range()));
            if (here && change.kind() != ChangeKind.RESIDENCY) {
                return Kinds.glyph(change.kind());
            }
        }
        return "";
    }

    private static long least(long one, long other) {
        return Long.compareUnsigned(one, other) <= 0 ? one : other;
    }

    private static long most(long one, long other) {
        return Long.compareUnsigned(one, other) >= 0 ? one : other;
    }
}
