package org.brkmap.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.brkmap.bench.AllocatorFigures.Growth;
import org.brkmap.bench.AllocatorFigures.Length;
import org.brkmap.bench.AllocatorFigures.Returned;
import org.brkmap.bench.MallocFacts.Question;
import org.brkmap.evidence.FactsJson;
import org.jspecify.annotations.Nullable;

/** The results as text, as JSON, as a page, and as a table in Markdown. */
public final class MallocText {
    private MallocText() {}

    /** For a terminal. */
    public static String text(MallocResults results) {
        StringBuilder text = new StringBuilder();
        results.machine().forEach(line -> text.append(line).append('\n'));
        Set<Question> questions = new LinkedHashSet<>();
        for (AllocatorFigures figures : results.allocators()) {
            text.append('\n')
                    .append(figures.allocator().name())
                    .append(" (")
                    .append(figures.allocator().how())
                    .append(")\n");
            Map<Question, String> facts = MallocFacts.of(figures);
            questions.addAll(facts.keySet());
            facts.forEach((question, answer) ->
                    text.append(String.format(Locale.ROOT, "  %-60s %s%n", question.what(), answer)));
        }
        text.append("\nHow it was found\n");
        questions.stream()
                .map(Question::how)
                .distinct()
                .forEach(how -> text.append("  ").append(how).append('\n'));
        results.missing()
                .forEach((name, why) ->
                        text.append('\n').append(name).append(": ").append(why).append('\n'));
        return text.toString();
    }

    /** For docs/MEASURING.md: what it depends on, and the table. */
    public static String markdown(MallocResults results) {
        List<String> lines = new ArrayList<>(results.machine());
        results.missing().forEach((name, why) -> lines.add("not measured: " + name + ": " + why));
        return Measured.markdown(lines, MallocFacts.head(results), MallocFacts.table(results));
    }

    /** A page with one plot and one table. */
    public static String page(MallocResults results) {
        return MallocPage.of(results);
    }

    /** For machines: {@code brkmap/malloc/1}; sizes in bytes, null is unknown. */
    public static String json(MallocResults results) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("schema", "brkmap/malloc/1");
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
        Length length = figures.length();
        json.put("first_as_long_as_the_request", length.from().first());
        json.put("bytes_beside_the_request", length.from().first() == null ? null : (Long) length.extra());
        json.put("first_given_back_at_once", figures.givenBack().first());
        json.put(
                "small_requests",
                figures.small().stream().map(MallocText::growth).toList());
        Map<String, @Nullable Object> served = new LinkedHashMap<>();
        figures.served()
                .forEach((size, one) -> served.put(
                        String.valueOf(size),
                        Map.of("from", one.way().name().toLowerCase(Locale.ROOT), "address_space", one.grown())));
        json.put("first_request", served);
        json.put("growth", growth(figures.growth()));
        Returned returned = figures.returned();
        json.put("returned_share", returned == null ? null : returned.share());
        json.put(
                "reserved_by_threads",
                figures.arenas().stream()
                        .map(arenas -> Map.of(
                                "setting",
                                arenas.setting(),
                                "threads",
                                arenas.threads(),
                                "reserved",
                                arenas.reserved(),
                                "accessible",
                                arenas.accessible()))
                        .toList());
        Map<String, @Nullable Object> how = new LinkedHashMap<>();
        MallocFacts.of(figures).forEach((question, answer) -> how.put(question.what(), question.how()));
        json.put("how_found", how);
        return json;
    }

    private static List<Map<String, Object>> growth(List<Growth> growth) {
        return growth.stream()
                .map(step -> Map.<String, Object>of("call", step.call(), "bytes", step.bytes(), "times", step.times()))
                .toList();
    }
}
