package org.brkmap.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.brkmap.analyse.Replay;
import org.brkmap.model.Mapping;
import org.brkmap.model.Observation;
import org.brkmap.model.Snapshot;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/**
 * The address space of one process after every memory call, replayed: each region is drawn once, with the first and the last
 * call after which it stood as it is drawn. The script shows those of one call; without it the last state is seen.
 */
final class Film {
    private static final int MOST_EVENTS = 400;
    private static final int MOST_MAPPINGS = 300;
    private static final double LEFT = 2;
    private static final double COLUMN = 250;
    private static final double HEAD = 4;

    /** A region as it stood from one frame to another. */
    private record Life(MapRegion region, int from, int to) {}

    private final String id;
    private final int pageSize;
    private final List<List<MapRegion>> frames = new ArrayList<>();
    private final Map<Long, Integer> frameOf = new LinkedHashMap<>();
    private final Map<Long, Long> sizeAfter = new HashMap<>();

    private Film(String id, int pageSize) {
        this.id = id;
        this.pageSize = pageSize;
    }

    /** Why a process has no film though it made calls, in a sentence; null where it has one, or made none. */
    static @Nullable String whyNot(Observation seen, int pid) {
        long events = events(seen, pid);
        long mappings = mostMappings(seen);
        if (events == 0) {
            return null;
        }
        long unclear = unclear(seen);
        if (unclear > 0) {
            return "The map is not replayed call by call here: of " + Html.plural(unclear, "call", "calls")
                    + " the log lacks arguments, so what stood after is not known.";
        }
        if (events <= MOST_EVENTS && mappings <= MOST_MAPPINGS) {
            return null;
        }
        return "The map is not replayed call by call here: " + Html.plural(events, "call", "calls") + " over up to "
                + Html.plural(mappings, "mapping", "mappings") + " are too many to draw one after another; up to "
                + MOST_EVENTS + " calls over " + MOST_MAPPINGS
                + " mappings are. The table has the first calls, the evidence all.";
    }

    private static long unclear(Observation seen) {
        return seen.events().stream().filter(event -> event.args().size() != 6).count();
    }

    private static long events(Observation seen, int pid) {
        return seen.events().stream().filter(event -> event.pid() == pid).count();
    }

    private static int mostMappings(Observation seen) {
        return seen.snapshots().stream()
                .mapToInt(snapshot -> snapshot.mappings().size())
                .max()
                .orElse(0);
    }

    /** The film of a process; null where there is nothing to play, or too much. */
    static @Nullable Film of(String id, Observation seen, int pid) {
        long events = events(seen, pid);
        Snapshot first = seen.snapshots().stream()
                .filter(snapshot -> snapshot.pid() == pid)
                .findFirst()
                .orElse(null);
        boolean large = mostMappings(seen) > MOST_MAPPINGS;
        if (first == null || events == 0 || events > MOST_EVENTS || large || unclear(seen) > 0) {
            return null;
        }
        Film film = new Film(id, seen.host().pageSize());
        film.frames.add(regions(first.mappings()));
        Replay.of(seen).play(pid, step -> {
            if (step.event().call().startsWith("execve") && step.event().succeeded()) {
                film.restart();
            }
            film.add(regions(step.mappings()));
            film.frameOf.put(step.event().seq(), film.frames.size() - 1);
            film.sizeAfter.put(
                    step.event().seq(),
                    step.mappings().stream()
                            .filter(mapping -> mapping.role().isCounted())
                            .mapToLong(Mapping::size)
                            .sum());
        });
        return film.frames.size() < 2 ? null : film;
    }

    /** Another program was executed: what stood before shares nothing with it but the process. */
    private void restart() {
        frames.clear();
        frameOf.clear();
    }

    /** Adds a frame; where only what is known of the same regions differs, as after the last snapshot, they stay as they were. */
    private void add(List<MapRegion> now) {
        List<MapRegion> last = frames.isEmpty() ? now : frames.get(frames.size() - 1);
        frames.add(outlines(now).equals(outlines(last)) ? last : now);
    }

    private static List<String> outlines(List<MapRegion> regions) {
        return regions.stream()
                .map(region -> region.range() + " " + region.permissions())
                .toList();
    }

    private static List<MapRegion> regions(List<Mapping> mappings) {
        return mappings.stream()
                .filter(mapping -> mapping.role().isCounted())
                .map(mapping -> MapRegion.of(mapping.withUsage(null)))
                .toList();
    }

    /** The frame after an event, or null if the film has none. */
    @Nullable Integer frame(long seq) {
        return frameOf.get(seq);
    }

    /** The bytes mapped after an event, or null if that is not known. */
    @Nullable Long sizeAfter(long seq) {
        return sizeAfter.get(seq);
    }

    /** The picture; what the script adds beside it stands in an empty part of its own. */
    Element figure() {
        MapAxis axis = new MapAxis(frames, pageSize);
        MapColumn draw = new MapColumn(id, axis, HEAD);
        Element svg = Svg.picture(
                id,
                "map film-map",
                COLUMN + 2 * LEFT,
                HEAD + axis.height() + 2,
                "The address space, call by call",
                "Replayed from " + Html.plural(frames.size() - 1, "system call", "system calls")
                        + "; the last state is shown.");
        svg.appendChild(draw.definitions());
        draw.gaps(svg, LEFT, LEFT + COLUMN, "");
        int last = frames.size() - 1;
        for (Life life : lives()) {
            Element block =
                    draw.block(life.region(), LEFT, COLUMN, null, life.region().range());
            block.select("title").remove();
            svg.appendChild(block.attr("data-from", Integer.toString(life.from()))
                    .attr("data-to", Integer.toString(life.to())));
            if (life.to() != last) {
                block.addClass("off");
            }
        }
        return Html.el(
                        "div",
                        "film",
                        Html.el("figure", "map", svg),
                        Html.el("div", "film-side").attr("aria-live", "polite"))
                .attr("data-frames", Integer.toString(frames.size()));
    }

    private List<Life> lives() {
        Map<MapRegion, Integer> open = new LinkedHashMap<>();
        List<Life> lives = new ArrayList<>();
        for (int i = 0; i < frames.size(); i++) {
            int frame = i;
            List<MapRegion> now = frames.get(i);
            Set<MapRegion> standing = new HashSet<>(now);
            open.entrySet().removeIf(entry -> {
                if (!standing.contains(entry.getKey())) {
                    lives.add(new Life(entry.getKey(), entry.getValue(), frame - 1));
                    return true;
                }
                return false;
            });
            now.forEach(region -> open.putIfAbsent(region, frame));
        }
        open.forEach((region, from) -> lives.add(new Life(region, from, frames.size() - 1)));
        lives.sort((one, other) -> one.region().range().compareTo(other.region().range()));
        return lives;
    }
}
