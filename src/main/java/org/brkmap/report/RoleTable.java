package org.brkmap.report;

import java.util.EnumMap;
import java.util.Map;
import org.brkmap.model.Mapping;
import org.brkmap.model.Snapshot;
import org.brkmap.model.Usage;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** Sums by kind of region: the picture's legend. */
final class RoleTable {
    private RoleTable() {}

    static Element of(Step step, String left, String right) {
        Map<Hue, long[]> before = sums(step.before());
        Map<Hue, long[]> after = sums(step.after());
        Element body = new Element("tbody");
        for (Hue hue : Hue.values()) {
            long[] old = before.get(hue);
            long[] now = after.get(hue);
            if (old != null || now != null) {
                long was = old == null ? 0 : old[0];
                long is = now == null ? 0 : now[0];
                body.appendChild(Html.el(
                                "tr",
                                was == is ? null : "changed",
                                Html.head("row", null, Html.el("span", "swatch " + hue.className()), hue.title()),
                                Html.el("td", "num", Html.size(was)),
                                Html.el("td", "num", Html.size(is)),
                                Html.el("td", "num", Html.delta(is - was)),
                                Html.el("td", "num", Html.size(resident(now))))
                        .attr("data-hue", hue.className()));
            }
        }
        return Html.el(
                "table",
                "roles",
                Html.el("caption", null, "By kind of region"),
                Html.el(
                        "thead",
                        null,
                        Html.el(
                                "tr",
                                null,
                                Html.head("col", null, "Kind"),
                                Html.head("col", "num", left),
                                Html.head("col", "num", right),
                                Html.head("col", "num", "Change"),
                                Html.head("col", "num", "Resident"))),
                body);
    }

    private static @Nullable Long resident(long @Nullable [] sums) {
        return sums == null ? (Long) 0L : sums[2] > 0 ? null : (Long) sums[1];
    }

    /** Size, resident bytes, and how many mappings did not tell theirs. */
    private static Map<Hue, long[]> sums(Snapshot snapshot) {
        Map<Hue, long[]> sums = new EnumMap<>(Hue.class);
        for (Mapping mapping : snapshot.mappings()) {
            if (mapping.role().isCounted()) {
                long[] sum = sums.computeIfAbsent(Hue.of(mapping.role()), hue -> new long[3]);
                Usage usage = mapping.usage();
                sum[0] += mapping.size();
                sum[1] += usage == null ? 0 : usage.rss();
                sum[2] += usage == null ? 1 : 0;
            }
        }
        return sums;
    }
}
