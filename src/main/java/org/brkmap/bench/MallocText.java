package org.brkmap.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.brkmap.bench.AllocatorFigures.Arenas;
import org.brkmap.bench.AllocatorFigures.Flip;
import org.brkmap.bench.AllocatorFigures.Growth;
import org.brkmap.bench.AllocatorFigures.Returned;
import org.brkmap.evidence.FactsJson;
import org.brkmap.report.Chart;
import org.brkmap.report.ChartPage;
import org.brkmap.report.Sizes;
import org.jspecify.annotations.Nullable;

/** The results as text, as JSON and as a page. */
public final class MallocText {
    private static final int HUES = 8;

    private MallocText() {}

    /** For a terminal. */
    public static String text(MallocResults results) {
        StringBuilder text = new StringBuilder();
        results.machine().forEach(line -> text.append(line).append('\n'));
        for (AllocatorFigures figures : results.allocators()) {
            text.append('\n')
                    .append(figures.allocator().name())
                    .append(" (")
                    .append(figures.allocator().how())
                    .append(")\n");
            facts(figures)
                    .forEach((what, value) -> text.append(String.format(Locale.ROOT, "  %-44s %s%n", what, value)));
        }
        results.missing()
                .forEach((name, why) ->
                        text.append('\n').append(name).append(": ").append(why).append('\n'));
        return text.toString();
    }

    /** For machines: {@code brkmap/malloc/1}; sizes in bytes, null is unknown. */
    public static String json(MallocResults results) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("format", "brkmap/malloc/1");
        json.put("machine", results.machine());
        json.put("missing", results.missing());
        json.put(
                "allocators",
                results.allocators().stream().map(MallocText::allocator).toList());
        return FactsJson.write(json);
    }

    private static Map<String, @Nullable Object> allocator(AllocatorFigures figures) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", figures.allocator().name());
        json.put("how", figures.allocator().how());
        Map<String, @Nullable Object> flips = new LinkedHashMap<>();
        figures.flips().forEach((setting, flip) -> flips.put(setting, flip.first()));
        json.put("first_own_mapping", flips);
        Map<String, @Nullable Object> served = new LinkedHashMap<>();
        figures.served()
                .forEach((size, one) -> served.put(
                        String.valueOf(size),
                        Map.of("from", one.way().name().toLowerCase(Locale.ROOT), "address_space", one.grown())));
        json.put("first_request", served);
        json.put(
                "growth",
                figures.growth().stream()
                        .map(step -> Map.of("call", step.call(), "bytes", step.bytes(), "times", step.times()))
                        .toList());
        Returned returned = figures.returned();
        json.put("returned_share", returned == null ? null : returned.share());
        Arenas arenas = figures.arenas();
        json.put("reserved_by_threads", arenas == null ? null : arenas.reserved());
        return json;
    }

    /** One plot, and one table with what each number is and how it was found. */
    public static String page(MallocResults results) {
        List<Chart.Series> series = new ArrayList<>();
        for (AllocatorFigures figures : results.allocators()) {
            List<Chart.Point> points = figures.served().entrySet().stream()
                    .filter(entry -> entry.getValue().grown() > 0)
                    .map(entry ->
                            new Chart.Point(entry.getKey(), entry.getValue().grown()))
                    .toList();
            series.add(new Chart.Series(figures.allocator().name(), series.size() % HUES, points));
        }
        Chart plot = new Chart.Lines(
                "What a first request costs in address space",
                "Each point is a process of its own that asks for one block. Both axes are logarithmic. A flat line is a"
                        + " stock that serves whatever fits; where a line begins to rise with the size, the request decides.",
                "",
                series);
        Map<String, Map<String, String>> rows = new LinkedHashMap<>();
        List<String> head = new ArrayList<>(List.of("What, and how it was found"));
        for (AllocatorFigures figures : results.allocators()) {
            head.add(figures.allocator().name());
            facts(figures)
                    .forEach((what, value) -> rows.computeIfAbsent(what, key -> new LinkedHashMap<>())
                            .put(figures.allocator().name(), value));
        }
        List<List<String>> table = rows.entrySet().stream()
                .map(row -> {
                    List<String> cells = new ArrayList<>(List.of(row.getKey()));
                    results.allocators()
                            .forEach(figures -> cells.add(row.getValue()
                                    .getOrDefault(figures.allocator().name(), "n/a")));
                    return cells;
                })
                .toList();
        List<String> conditions = new ArrayList<>(results.machine());
        results.missing().forEach((name, why) -> conditions.add("Not measured: " + name + ": " + why));
        return ChartPage.render(
                "malloc",
                headline(results),
                "Every number was found by watching processes of this machine; none is from a book. Requests get"
                        + " mappings of their own where two of a size are answered with two mappings, that go when they are"
                        + " freed. The smallest such size was found by halves, a new process for each size.",
                List.of(
                        new ChartPage.Section("By size", List.of(), List.of(plot), List.of()),
                        new ChartPage.Section(
                                "To the byte",
                                List.of(),
                                List.of(),
                                List.of(new ChartPage.Table("Each malloc", head, table))),
                        new ChartPage.Section("Under which conditions", conditions, List.of(), List.of())));
    }

    private static String headline(MallocResults results) {
        return results.allocators().stream()
                .map(figures ->
                        figures.allocator().name() + " " + first(figures.flips().get("the first request")))
                .collect(Collectors.joining("; ", "A first request gets a mapping of its own: ", ""));
    }

    private static Map<String, String> facts(AllocatorFigures figures) {
        Map<String, String> facts = new LinkedHashMap<>();
        figures.flips().forEach((setting, flip) -> facts.put("Own mapping, " + setting, first(flip)));
        facts.put("Calls for 2000 blocks of 4000 bytes", growth(figures.growth()));
        Returned returned = figures.returned();
        if (returned != null) {
            Double share = returned.share();
            facts.put(
                    "100 blocks of 64 KiB touched, then freed",
                    (share == null ? "n/a" : String.format(Locale.ROOT, "%.0f %%", 100 * share))
                            + " of their memory goes back, "
                            + Sizes.delta(returned.mappedAfter() - returned.mappedFull())
                            + " of address space"
                            + (returned.calls().isEmpty()
                                    ? ", by no call"
                                    : ", by " + String.join(", ", returned.calls())));
        }
        Arenas arenas = figures.arenas();
        if (arenas != null) {
            facts.put(
                    "One small block in each of " + arenas.threads() + " threads",
                    Sizes.compact(arenas.reserved()) + " reserved by the threads, " + Sizes.compact(arenas.accessible())
                            + " of it made accessible");
        }
        return facts;
    }

    private static String first(@Nullable Flip flip) {
        if (flip == null) {
            return "n/a";
        }
        String unknown = flip.unknown();
        if (unknown != null) {
            return "n/a: " + unknown;
        }
        Long first = flip.first();
        return first == null
                ? "never, up to " + Sizes.compact(flip.most())
                : "from " + Sizes.exact(first) + " on (" + flip.runs() + " processes)";
    }

    private static String growth(List<Growth> growth) {
        return growth.isEmpty()
                ? "none"
                : growth.stream()
                        .limit(8)
                        .map(step -> step.times() + " × " + step.call() + " " + Sizes.compact(step.bytes()))
                        .collect(Collectors.joining(", ", "", growth.size() > 8 ? ", …" : ""));
    }
}
