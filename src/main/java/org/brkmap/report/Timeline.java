package org.brkmap.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.brkmap.model.AddressRange;
import org.brkmap.model.AllocatorCall;
import org.brkmap.model.AllocatorCounts;
import org.brkmap.model.MemoryEvent;
import org.brkmap.model.Observation;
import org.brkmap.model.Origin;
import org.brkmap.model.Snapshot;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** The calls of a run in their order: a row for each kind of call, checkpoints as upright lines. */
final class Timeline {
    private static final double LABEL = 84;
    private static final double WIDTH = 760;
    private static final double ROW = 22;
    private static final double HEAD = 24;
    private static final int MOST_COLUMNS = 320;
    private static final int MOST_ROWS = 14;
    private static final int MOST_PILED = 3;
    private static final List<String> ORDER =
            List.of("brk", "mmap", "munmap", "mremap", "mprotect", "madvise", "malloc", "calloc", "realloc", "free");

    /** One mark: a call, in the order of all calls. */
    private record Mark(
            String row,
            int pid,
            boolean loader,
            boolean user,
            String title,
            @Nullable MemoryEvent event) {}

    private final String id;
    private final Observation seen;
    private final EventRanges ranges;
    private final List<Mark> marks = new ArrayList<>();
    /** Of each event's index, how many marks stand before it. */
    private final int[] position;

    Timeline(String id, Observation seen) {
        this.id = id;
        this.seen = seen;
        this.ranges = new EventRanges(seen.events());
        this.position = new int[seen.events().size() + 1];
        int logged = 0;
        for (int i = 0; i <= seen.events().size(); i++) {
            while (logged < seen.allocations().size()
                    && seen.allocations().get(logged).afterEvent() <= i) {
                marks.add(mark(seen.allocations().get(logged++)));
            }
            position[i] = marks.size();
            if (i < seen.events().size()) {
                marks.add(mark(seen.events().get(i)));
            }
        }
        seen.allocations().stream().skip(logged).forEach(call -> marks.add(mark(call)));
    }

    private static Mark mark(AllocatorCall call) {
        String site =
                call.call().site() == null ? "" : ", " + call.call().site().describe();
        return new Mark(call.call().operation(), call.pid(), false, true, Causes.words(call.call()) + site, null);
    }

    private static Mark mark(MemoryEvent event) {
        return new Mark(
                event.call(),
                event.pid(),
                event.origin() == Origin.LOADER,
                false,
                Syscalls.call(event) + " = " + Syscalls.result(event),
                event);
    }

    boolean isEmpty() {
        return marks.isEmpty();
    }

    Element figure() {
        Map<String, Double> rows = rows();
        double height = HEAD + rows.size() * ROW + 4;
        Element svg = Svg.picture(
                id,
                "timeline",
                WIDTH,
                height,
                "The memory calls in their order",
                Html.plural(seen.events().size(), "system call", "system calls") + " and "
                        + Html.plural(seen.allocations().size(), "allocator call", "allocator calls") + ", with "
                        + Html.plural(seen.snapshots().size(), "checkpoint", "checkpoints") + " between them.");
        for (Map.Entry<String, Double> row : rows.entrySet()) {
            svg.appendChild(Svg.line("track", LABEL, row.getValue(), WIDTH, row.getValue()));
            svg.appendChild(Svg.text("call", LABEL - 8, row.getValue() + 4, shortened(row.getKey())));
        }
        checkpoints(svg, height);
        draw(svg, rows);
        return Html.el("figure", "timeline", Html.scroll(svg), Html.el("figcaption", null, caption()));
    }

    private String caption() {
        return "Left to right in the order of the calls, not to scale in time. Upright lines are checkpoints, where the program "
                + "stood still and was read. Squares are system calls, pale ones the loader's; circles are calls of the allocator."
                + (marks.size() > MOST_COLUMNS ? " Several calls share a mark: darker is more." : "")
                + (seen.allocationsDropped() > 0
                        ? " " + Html.plural(seen.allocationsDropped(), "allocator call was", "allocator calls were")
                                + " not logged."
                        : "");
    }

    private Map<String, Double> rows() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        ORDER.forEach(call -> counts.put(call, 0));
        marks.forEach(mark -> counts.merge(mark.row(), 1, Integer::sum));
        Map<String, Double> rows = new LinkedHashMap<>();
        counts.forEach((call, count) -> {
            if (count > 0 && rows.size() < MOST_ROWS) {
                rows.put(call, HEAD + rows.size() * ROW + ROW / 2);
            }
        });
        return rows;
    }

    private double x(int mark) {
        double step = (WIDTH - LABEL - 20) / Math.max(1, Math.min(marks.size(), MOST_COLUMNS));
        long column = marks.size() <= MOST_COLUMNS ? mark : (long) mark * MOST_COLUMNS / marks.size();
        return LABEL + 10 + step * column + Math.min(step, 24) / 2;
    }

    private void draw(Element svg, Map<String, Double> rows) {
        Map<String, Integer> piled = new LinkedHashMap<>();
        Map<String, StringBuilder> dots = new LinkedHashMap<>();
        double size =
                Math.max(2.5, Math.min(11, (WIDTH - LABEL) / Math.max(1, Math.min(marks.size(), MOST_COLUMNS)) * 0.8));
        boolean few = marks.size() <= MOST_COLUMNS;
        for (int i = 0; i < marks.size(); i++) {
            Mark mark = marks.get(i);
            Double y = rows.get(mark.row());
            if (y == null) {
                continue;
            }
            String className = mark.user() ? "user" : mark.loader() ? "loader" : "system";
            if (!few) {
                int pile = piled.merge(className + Svg.number(x(i)) + mark.row(), 1, Integer::sum);
                if (pile > MOST_PILED) {
                    continue;
                }
                if (mark.event() == null) {
                    dots.computeIfAbsent(mark.row() + pile, key -> new StringBuilder())
                            .append("M" + Svg.number(x(i)) + " " + Svg.number(y) + "h0");
                    continue;
                }
            }
            Element shape = mark.user()
                    ? new Element("circle")
                            .attr("class", className)
                            .attr("cx", Svg.number(x(i)))
                            .attr("cy", Svg.number(y))
                            .attr("r", Svg.number(size / 2))
                    : Svg.rect(className, x(i) - size / 2, y - size / 2 - (few ? 0 : 2), size, few ? size : size + 4);
            svg.appendChild(
                    tagged(few && mark.event() == null ? Svg.named(shape, mark.title()) : shape, mark.event(), x(i)));
        }
        dots.values().forEach(path -> svg.appendChild(Svg.path("dots", path.toString())));
    }

    /** Says which call a mark is, where that is one, and what addresses it is about. */
    private Element tagged(Element shape, @Nullable MemoryEvent event, double x) {
        if (event == null) {
            return shape;
        }
        AddressRange range = ranges.of(event);
        if (range != null) {
            shape.attr("data-range", range.toString());
        }
        return shape.attr("data-seq", Long.toString(event.seq())).attr("data-x", Svg.number(x));
    }

    private void checkpoints(Element svg, double height) {
        double lastLabel = -100;
        for (Snapshot snapshot : seen.snapshots()) {
            int index = (int) Math.max(0, Math.min(seen.events().size(), snapshot.eventsBefore()));
            int at = Math.max(position[index], afterCalls(snapshot));
            double step = (WIDTH - LABEL - 20) / Math.max(1, Math.min(marks.size(), MOST_COLUMNS));
            double x = at >= marks.size()
                    ? x(Math.max(0, marks.size() - 1)) + Math.min(step, 24) / 2 + 3
                    : x(at) - Math.min(step, 24) / 2;
            svg.appendChild(Svg.named(Svg.line("checkpoint", x, 14, x, height), Step.name(snapshot)));
            if (x - lastLabel >= 16) {
                svg.appendChild(Svg.text("checkpoint-number", x, 11, Integer.toString(snapshot.id())));
                lastLabel = x;
            }
        }
    }

    /** How many marks stand before a snapshot by its count of allocator calls: the only order where no event lies between. */
    private int afterCalls(Snapshot snapshot) {
        AllocatorCounts counts = snapshot.allocations();
        long left = counts == null ? 0 : Step.sum(counts);
        for (int i = 0; i < marks.size() && left > 0; i++) {
            if (marks.get(i).pid() == snapshot.pid()
                    && Step.isCounted(marks.get(i).row())
                    && marks.get(i).user()
                    && --left == 0) {
                return i + 1;
            }
        }
        return 0;
    }

    private static String shortened(String call) {
        String name = Visible.line(call, 40);
        return name.length() > 12 ? name.substring(0, 11) + "…" : name;
    }
}
