package org.brkmap.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.brkmap.model.Backing;
import org.brkmap.model.Mapping;
import org.brkmap.model.Observation;
import org.brkmap.model.Snapshot;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** Several processes at one instant, side by side on one axis; memory that they share is joined. */
final class Processes {
    private static final int MOST = 4;
    private static final double BETWEEN = 46;
    private static final double HEAD = 44;
    private static final double LEFT = 2;
    private static final double WIDTH = 760;

    private final String id;
    private final Observation seen;

    Processes(String id, Observation seen) {
        this.id = id;
        this.seen = seen;
    }

    /** The picture of the last instant at which most processes were seen together; none of a run with one process. */
    List<Element> figures() {
        List<Snapshot> together = together();
        if (together.size() < 2) {
            return List.of();
        }
        List<Snapshot> drawn = together.subList(0, Math.min(MOST, together.size()));
        double column = (WIDTH - 2 * LEFT - BETWEEN * (drawn.size() - 1)) / drawn.size();
        column = Math.min(column, 230);
        double width = 2 * LEFT + drawn.size() * column + (drawn.size() - 1) * BETWEEN;
        Blocks blocks = new Blocks(drawn.stream().map(Snapshot::mappings).toList(), List.of());
        List<List<MapRegion>> columns = new ArrayList<>();
        drawn.forEach(snapshot -> columns.add(blocks.of(snapshot.mappings())));
        MapAxis axis = new MapAxis(columns, seen.host().pageSize());
        MapColumn draw = new MapColumn(id, axis, HEAD);
        Element svg = Svg.picture(
                id,
                "map processes",
                width,
                HEAD + axis.height() + 2,
                "The address spaces of " + drawn.size() + " processes at one instant",
                "Shared memory is joined from process to process. High addresses are on top.");
        svg.appendChild(draw.definitions());
        draw.gaps(svg, LEFT, width - LEFT, "unmapped in all");
        int joined = 0;
        for (int i = 0; i < drawn.size(); i++) {
            double x = LEFT + i * (column + BETWEEN);
            if (i > 0) {
                joined += join(svg, draw, drawn.get(i - 1), drawn.get(i), x - BETWEEN, x);
            }
            Snapshot snapshot = drawn.get(i);
            svg.appendChild(Svg.text("column", x, 14, "process " + snapshot.pid()));
            svg.appendChild(Svg.text("thread", x, 30, doing(snapshot)));
            for (MapRegion region : columns.get(i)) {
                svg.appendChild(draw.block(region, x, column, null, region.range()));
            }
        }
        String caption = (joined == 0
                        ? "They share no writable memory."
                        : "A band joins memory that is shared: what one writes the other reads.")
                + " Private memory at equal addresses, as after fork, is level and not joined: a write makes it two copies."
                + (together.size() > drawn.size()
                        ? " " + Html.plural(together.size() - drawn.size(), "more process is", "more processes are")
                                + " not drawn."
                        : "");
        return List.of(Html.el("figure", "map", Html.scroll(svg), Html.el("figcaption", null, caption)));
    }

    private List<Snapshot> together() {
        Map<Integer, List<Snapshot>> moments = new LinkedHashMap<>();
        seen.snapshots()
                .forEach(snapshot -> moments.computeIfAbsent(snapshot.moment(), moment -> new ArrayList<>())
                        .add(snapshot));
        List<Snapshot> best = List.of();
        for (List<Snapshot> moment : moments.values()) {
            if (moment.size() >= best.size()) {
                best = moment;
            }
        }
        return best;
    }

    private static String doing(Snapshot snapshot) {
        int threads = snapshot.threads().size();
        String name = threads == 0 ? "" : Visible.line(snapshot.threads().get(0).name(), 16);
        return name + (threads > 1 ? ", " + threads + " threads" : "");
    }

    /** Draws bands between what two neighbours share; returns how many. */
    private static int join(Element svg, MapColumn draw, Snapshot one, Snapshot other, double from, double to) {
        int joined = 0;
        for (Mapping mapping : one.mappings()) {
            Mapping twin = isShared(mapping) ? twin(mapping, other) : null;
            if (twin != null) {
                svg.appendChild(Svg.path(
                                "connector joined " + Hue.of(mapping.role()).className(),
                                "M" + Svg.number(from) + " " + Svg.number(draw.top(mapping.range())) + " L"
                                        + Svg.number(to) + " " + Svg.number(draw.top(twin.range())) + " L"
                                        + Svg.number(to) + " " + Svg.number(draw.bottom(twin.range())) + " L"
                                        + Svg.number(from) + " " + Svg.number(draw.bottom(mapping.range())) + " Z")
                        .attr("data-range", mapping.range().toString()));
                joined++;
            }
        }
        return joined;
    }

    private static boolean isShared(Mapping mapping) {
        return mapping.permissions().shared()
                && mapping.role().isCounted()
                && mapping.backing().inode() != 0;
    }

    private static @Nullable Mapping twin(Mapping mapping, Snapshot other) {
        Backing backing = mapping.backing();
        return other.mappings().stream()
                .filter(row -> row.permissions().shared()
                        && row.backing().sameFile(backing)
                        && row.backing().offset() == backing.offset())
                .findFirst()
                .orElse(null);
    }
}
