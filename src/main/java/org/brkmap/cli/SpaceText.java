package org.brkmap.cli;

import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.brkmap.model.AddressRange;
import org.brkmap.model.Mapping;
import org.brkmap.model.Role;
import org.brkmap.model.Totals;
import org.brkmap.model.Usage;
import org.brkmap.report.Sizes;
import org.brkmap.report.Visible;
import org.jspecify.annotations.Nullable;

/** Prints an address space as a table: as wide as there is room for, in two rows a region on a narrow terminal. */
final class SpaceText {
    private static final int WIDE = 100;
    private static final int MIDDLE = 64;
    private static final int LONGEST_NAME = 4096;
    private static final String FAINT = "\u001b[2m";
    private static final String BOLD = "\u001b[1m";
    private static final String PLAIN = "\u001b[0m";

    private final Space space;
    private final Console console;
    private final PrintWriter out;
    private final int width;

    private SpaceText(Space space, Console console) {
        this.space = space;
        this.console = console;
        this.out = console.out();
        this.width = console.tableWidth();
    }

    static void print(Space space, Console console) {
        SpaceText text = new SpaceText(space, console);
        text.heads();
        space.stretches().forEach(text::stretch);
        text.totals();
    }

    /** What the table is of: in one row, or in a row each where that is too long. */
    static void heading(List<String> parts, Console console) {
        int width = console.tableWidth();
        String whole = String.join(", ", parts);
        if (whole.length() <= width) {
            console.out().println(whole);
        } else {
            parts.forEach(part -> console.out().println(tail(part, width)));
        }
    }

    /** Folded at blanks where it is too long for a row. */
    static void paragraph(String text, Console console) {
        Rows.fold(text, console.tableWidth()).forEach(console.out()::println);
    }

    private void heads() {
        String sizes = right("KiB", 11) + right("pages", 10) + right("resident", 10);
        if (width >= MIDDLE) {
            styled(FAINT, left(width >= WIDE ? "addresses" : "from address", addressWidth()) + sizes + " perm  role");
        } else {
            styled(FAINT, "addresses");
            styled(FAINT, "  permissions, role, name");
            styled(FAINT, "  KiB, pages, KiB resident");
        }
    }

    private int addressWidth() {
        return width >= WIDE ? 33 : 16;
    }

    private void stretch(Space.Stretch stretch) {
        Mapping mapping = stretch.mapping();
        AddressRange range = stretch.range();
        if (mapping == null) {
            styled(FAINT, (width >= MIDDLE ? left("", addressWidth()) : "  ") + gap(stretch));
            return;
        }
        Usage usage = mapping.usage();
        String kib = kib(range.length());
        String pages = Long.toString(space.pages(range));
        String resident = usage == null ? "n/a" : kib(usage.rss());
        String name = Visible.line(mapping.backing().name(), LONGEST_NAME);
        if (width >= MIDDLE) {
            String address = width >= WIDE ? range.toString() : Long.toHexString(range.start());
            String row = left(address, addressWidth())
                    + right(kib, 11)
                    + right(pages, 10)
                    + right(resident, 10)
                    + " "
                    + mapping.permissions()
                    + "  "
                    + left(mapping.role().title(), width >= WIDE ? 16 : 15);
            out.println((row + " " + tail(name, width - row.length() - 1)).stripTrailing());
        } else {
            out.println(range);
            String role = "  " + mapping.permissions() + " " + mapping.role().title() + " ";
            out.println((role + tail(name, width - role.length())).stripTrailing());
            String sizes = "  " + kib + " KiB, " + pages + " pages, ";
            boolean fits = sizes.length() + resident.length() + " resident".length() <= width;
            out.println((fits ? sizes : sizes.stripTrailing() + "\n  ") + resident + " resident");
        }
    }

    private static String gap(Space.Stretch stretch) {
        String size = stretch.range().isEmpty()
                ? ""
                : " (" + Sizes.compact(stretch.range().length()) + ")";
        return stretch.kind() == Space.Kind.UNKNOWN ? "unknown: the listing is cut here" + size : "not used" + size;
    }

    private void totals() {
        Map<Role, long[]> sums = new EnumMap<>(Role.class);
        for (Mapping mapping : space.mappings()) {
            if (mapping.role().isCounted()) {
                long[] sum = sums.computeIfAbsent(mapping.role(), role -> new long[3]);
                Usage usage = mapping.usage();
                sum[0] += mapping.size();
                sum[1] += usage == null ? 0 : usage.rss();
                sum[2] += usage == null ? 1 : 0;
            }
        }
        Totals totals = Totals.of(space.mappings());
        out.println();
        sums.forEach((role, sum) -> total("", role.title(), sum[0], sum[2] > 0 ? null : (Long) sum[1]));
        total(BOLD, "total", totals.virtual(), totals.resident());
    }

    private void total(String style, String title, long bytes, @Nullable Long resident) {
        String sizes = right(kib(bytes), 11)
                + right(Long.toString(bytes / space.pageSize()), width >= MIDDLE ? 10 : 0)
                + right(resident == null ? "n/a" : kib(resident), 10);
        styled(style, left(title, width >= MIDDLE ? addressWidth() : 17) + sizes);
    }

    private void styled(String style, String text) {
        boolean coloured = console.colour() && !style.isEmpty();
        out.println(coloured ? style + text + PLAIN : text);
    }

    private static String kib(long bytes) {
        return bytes % 1024 == 0 ? Long.toString(bytes / 1024) : Sizes.compact(bytes);
    }

    /** The end of a path says more than its beginning. */
    private static String tail(String name, int room) {
        int most = Math.max(8, room);
        return name.length() <= most ? name : "…" + name.substring(name.length() - most + 1);
    }

    private static String left(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private static String right(String text, int width) {
        return width == 0 ? "" : " ".repeat(Math.max(1, width - text.length())) + text;
    }
}
