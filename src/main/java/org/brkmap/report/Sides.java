package org.brkmap.report;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.brkmap.model.Mapping;
import org.jsoup.nodes.Element;

/** How much of two address spaces is in the one only, in both, or in the other only; the script makes switches of it. */
final class Sides {
    private final long[] bytes = new long[4];
    private final int[] ranges = new int[4];

    Sides(List<Mapping> before, List<Mapping> after) {
        TreeSet<Long> edges = new TreeSet<>(Long::compareUnsigned);
        List<Mapping> old = counted(before, edges);
        List<Mapping> now = counted(after, edges);
        int i = 0;
        int j = 0;
        Long from = null;
        int last = 0;
        for (Long to : edges) {
            if (from != null) {
                long at = from;
                while (i < old.size() && Long.compareUnsigned(old.get(i).range().end(), at) <= 0) {
                    i++;
                }
                while (j < now.size() && Long.compareUnsigned(now.get(j).range().end(), at) <= 0) {
                    j++;
                }
                boolean was = i < old.size() && old.get(i).range().contains(at);
                boolean is = j < now.size() && now.get(j).range().contains(at);
                int side = (was ? 1 : 0) + (is ? 2 : 0);
                bytes[side] += to - at;
                ranges[side] += side == last && side != 3 ? 0 : 1;
                last = side;
            }
            from = to;
        }
    }

    private static List<Mapping> counted(List<Mapping> mappings, Set<Long> edges) {
        List<Mapping> counted =
                mappings.stream().filter(mapping -> mapping.role().isCounted()).toList();
        counted.forEach(mapping -> {
            edges.add(mapping.range().start());
            edges.add(mapping.range().end());
        });
        return counted;
    }

    Element list(String before, String after) {
        return Html.el(
                "ul",
                "sides",
                item("before", "only " + before, 1),
                item("both", "both", 3),
                item("after", "only " + after, 2));
    }

    private Element item(String side, String title, int index) {
        return Html.el(
                        "li",
                        null,
                        Html.el("span", "side-name", title),
                        " ",
                        Html.el(
                                "span",
                                "quiet",
                                Html.plural(ranges[index], "range", "ranges") + ", ",
                                Html.size(bytes[index])))
                .attr("data-side", side);
    }

    long bytes(boolean before, boolean after) {
        return bytes[(before ? 1 : 0) + (after ? 2 : 0)];
    }
}
