package org.brkmap.check;

import java.util.ArrayList;
import java.util.List;

/**
 * A failure as facts: what should hold, expected, actual, then any further facts and a picture of the regions.
 * Immutable.
 *
 * @param causes who changed the memory, a line each
 * @param regions lines of a {@link RegionDiff}; empty for none
 */
record Failure(String headline, String expected, String actual, List<String> causes, List<String> regions) {
    /** Causes beyond this many are counted, not shown. */
    private static final int SHOWN = 6;

    static Failure of(String headline, String expected, String actual) {
        return new Failure(headline, expected, actual, List.of(), List.of());
    }

    Failure causedBy(List<String> lines) {
        return new Failure(headline, expected, actual, lines, regions);
    }

    Failure showing(List<String> lines) {
        return new Failure(headline, expected, actual, causes, lines);
    }

    String text() {
        List<String> lines = new ArrayList<>();
        lines.add(headline);
        lines.add("  expected: " + expected);
        lines.add("  actual:   " + actual);
        for (int i = 0; i < Math.min(causes.size(), SHOWN); i++) {
            lines.add((i == 0 ? "  cause:    " : "            ") + causes.get(i));
        }
        if (causes.size() > SHOWN) {
            lines.add("            and " + (causes.size() - SHOWN) + " more");
        }
        regions.forEach(line -> lines.add("  " + line));
        return String.join("\n", lines);
    }
}
