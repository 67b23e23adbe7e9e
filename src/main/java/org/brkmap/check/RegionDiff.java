package org.brkmap.check;

import java.util.ArrayList;
import java.util.List;
import org.brkmap.model.Change;
import org.brkmap.model.ChangeKind;
import org.brkmap.model.Mapping;
import org.jspecify.annotations.Nullable;

/** Regions as two aligned columns of intervals: + only on the right, - only on the left, ~ on both but not the same. */
final class RegionDiff {
    private static final String NOTHING = ".";
    /** Rows beyond this many are counted, not shown. */
    private static final int SHOWN = 12;

    private record Row(char mark, String left, String right, String what) {}

    private final String left;
    private final String right;
    private final List<Row> rows = new ArrayList<>();

    private RegionDiff(String left, String right) {
        this.left = left;
        this.right = right;
    }

    /** The regions that changed, before beside after. */
    static List<String> of(List<Change> changes) {
        RegionDiff diff = new RegionDiff("before", "after");
        changes.forEach(change -> diff.rows.add(row(change)));
        return diff.lines();
    }

    /** What was expected, in words, beside the regions found. */
    static List<String> expected(String expected, List<Mapping> actual) {
        RegionDiff diff = new RegionDiff("expected", "actual");
        if (actual.isEmpty()) {
            diff.rows.add(new Row('-', expected, NOTHING, ""));
        }
        String wanted = expected;
        for (Mapping mapping : actual) {
            char mark = wanted.equals(NOTHING) ? '+' : '~';
            diff.rows.add(new Row(mark, wanted, mapping.range().toString(), describe(mapping)));
            wanted = NOTHING;
        }
        return diff.lines();
    }

    /** Regions that should not be there. */
    static List<String> unexpected(List<Mapping> actual) {
        return expected(NOTHING, actual);
    }

    private static Row row(Change change) {
        Mapping before = change.kind() == ChangeKind.ADDED ? null : change.before();
        Mapping after = change.kind() == ChangeKind.REMOVED ? null : change.after();
        char mark = switch (change.kind()) {
            case ADDED -> '+';
            case REMOVED -> '-';
            default -> '~';
        };
        String at = "  at " + change.at();
        if (before == null || after == null) {
            String range = change.range().toString();
            Mapping whole = before != null ? before : change.after();
            String what = change.role().title() + permissions(whole) + "  "
                    + Wording.bytes(change.range().length()) + at;
            return mark == '+' ? new Row(mark, NOTHING, range, what) : new Row(mark, range, NOTHING, what);
        }
        String sizes = change.kind() == ChangeKind.RESIDENCY
                ? "  " + Wording.bytes(after.size()) + "  resident " + Wording.signed(change.bytes())
                : "  " + Wording.bytes(before.size()) + " -> " + Wording.bytes(after.size());
        String allowed = before.permissions().equals(after.permissions())
                ? permissions(after)
                : permissions(before) + " ->" + permissions(after);
        return new Row(
                mark,
                before.range().toString(),
                after.range().toString(),
                change.role().title() + allowed + sizes + at);
    }

    private static String permissions(@Nullable Mapping mapping) {
        return mapping == null ? "" : " " + mapping.permissions();
    }

    /** One region in words: role, permissions, size and name. */
    static String describe(Mapping mapping) {
        String name = mapping.backing().name();
        return mapping.role().title() + " " + mapping.permissions() + "  " + Wording.bytes(mapping.size())
                + (name.isEmpty() ? "" : "  " + Wording.printable(name));
    }

    private List<String> lines() {
        int first = width(left, rows.stream().map(Row::left).toList());
        int second = width(right, rows.stream().map(Row::right).toList());
        List<String> lines = new ArrayList<>();
        lines.add(line(' ', left, first, right, second, ""));
        rows.stream()
                .limit(SHOWN)
                .forEach(row -> lines.add(line(row.mark, row.left, first, row.right, second, row.what)));
        if (rows.size() > SHOWN) {
            lines.add("  and " + (rows.size() - SHOWN) + " more");
        }
        return lines;
    }

    private static int width(String title, List<String> cells) {
        return Math.max(
                title.length(),
                cells.stream().limit(SHOWN).mapToInt(String::length).max().orElse(0));
    }

    private static String line(char mark, String left, int first, String right, int second, String what) {
        return (mark + " " + pad(left, first) + "  " + pad(right, second) + "  " + what).stripTrailing();
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(width - text.length());
    }
}
