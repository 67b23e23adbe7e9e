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
import org.brkmap.bench.AllocatorFigures.Length;
import org.brkmap.bench.AllocatorFigures.Returned;
import org.brkmap.bench.AllocatorFigures.Served;
import org.brkmap.bench.AllocatorFigures.Way;
import org.brkmap.report.Sizes;
import org.jspecify.annotations.Nullable;

/** What was found about one malloc, in words. */
final class MallocFacts {
    /**
     * A question, and how its answers were found. Immutable.
     *
     * @param how what was run, and what was looked at
     */
    record Question(String what, String how) {}

    private static final int MOST_GROWTHS = 8;

    private MallocFacts() {}

    /** The answers, in order. */
    static Map<Question, String> of(AllocatorFigures figures) {
        Map<Question, String> facts = new LinkedHashMap<>();
        facts.put(
                new Question(
                        "Where a first request goes", "a new process a size: the calls that it makes, and its free"),
                served(figures.served()));
        figures.flips()
                .forEach((setting, flip) -> facts.put(
                        new Question(
                                "Own mapping, " + setting,
                                "by halves, new processes: two requests must get two mmaps, which free unmaps"),
                        first(flip)));
        facts.put(
                new Question(
                        "Length asked of mmap follows the request to the byte",
                        "by halves, new processes: for a byte more mmap must be asked for a byte more"),
                length(figures.length()));
        facts.put(
                new Question(
                        "Free of one block asks the kernel at once",
                        "by halves, new processes: calls made by its free"),
                first(figures.givenBack()));
        facts.put(
                new Question(
                        MallocProbe.SMALL_ONES + " requests of " + Sizes.exact((long) MallocProbe.SMALL),
                        "brk and mmap calls of one process, request by request"),
                figures.small().stream().map(MallocFacts::growth).collect(Collectors.joining("; ")));
        facts.put(
                new Question("Calls for 2000 blocks of 4000 bytes", "brk and mmap calls of one process, in order"),
                growth(figures.growth()));
        Returned returned = figures.returned();
        if (returned != null) {
            facts.put(
                    new Question(
                            "100 blocks of 64 KiB touched, then freed, the newest first",
                            "resident pages and mapped bytes by smaps before, full and after; calls made by free"),
                    returned(returned));
        }
        for (Arenas arenas : figures.arenas()) {
            facts.put(
                    new Question(
                            arenas.setting(),
                            "mmap, munmap and mprotect calls of the threads, none of the first thread's or of the stacks"),
                    Sizes.compact(arenas.reserved()) + " reserved by the threads, " + Sizes.compact(arenas.accessible())
                            + " of it made accessible");
        }
        return facts;
    }

    /** A row for each question: the question, how it was answered, and the answer of each malloc. */
    static List<List<String>> table(MallocResults results) {
        Map<Question, Map<String, String>> answers = new LinkedHashMap<>();
        for (AllocatorFigures figures : results.allocators()) {
            of(figures)
                    .forEach((question, answer) -> answers.computeIfAbsent(question, key -> new LinkedHashMap<>())
                            .put(figures.allocator().name(), answer));
        }
        List<List<String>> rows = new ArrayList<>();
        answers.forEach((question, byName) -> {
            List<String> row = new ArrayList<>(List.of(question.what(), question.how()));
            for (AllocatorFigures figures : results.allocators()) {
                row.add(byName.getOrDefault(figures.allocator().name(), "n/a"));
            }
            rows.add(row);
        });
        return rows;
    }

    /** The heads of {@link #table}'s columns. */
    static List<String> head(MallocResults results) {
        List<String> head = new ArrayList<>(List.of("What", "How it was found"));
        results.allocators().forEach(figures -> head.add(figures.allocator().name()));
        return head;
    }

    static String first(@Nullable Flip flip) {
        if (flip == null) {
            return "n/a";
        }
        String unknown = flip.unknown();
        if (unknown != null) {
            return "n/a: " + unknown;
        }
        Long first = flip.first();
        return first == null ? "never, up to " + Sizes.compact(flip.most()) : "from " + Sizes.exact(first) + " on";
    }

    private static String length(Length length) {
        Long first = length.from().first();
        return first == null
                ? first(length.from())
                : "from " + Sizes.exact(first) + " on: it and " + length.extra() + " bytes";
    }

    /** Sizes in a row that go the same way together. */
    private static String served(Map<Long, Served> served) {
        List<String> parts = new ArrayList<>();
        Way last = null;
        for (Map.Entry<Long, Served> one : served.entrySet()) {
            if (one.getValue().way() != last) {
                last = one.getValue().way();
                parts.add("from " + Sizes.compact(one.getKey()) + ": " + last.words());
            }
        }
        return parts.isEmpty() ? "n/a" : String.join("; ", parts);
    }

    private static String returned(Returned returned) {
        Double share = returned.share();
        return (share == null ? "n/a" : String.format(Locale.ROOT, "%.0f %%", 100 * share))
                + " of their memory goes back, "
                + Sizes.delta(returned.mappedAfter() - returned.mappedFull())
                + " of address space"
                + (returned.calls().isEmpty() ? ", by no call" : ", by " + String.join(", ", returned.calls()));
    }

    private static String growth(List<Growth> growth) {
        return growth.isEmpty()
                ? "none"
                : growth.stream()
                        .limit(MOST_GROWTHS)
                        .map(step -> step.times() + " × " + step.call() + " " + Sizes.compact(step.bytes()))
                        .collect(Collectors.joining(", ", "", growth.size() > MOST_GROWTHS ? ", …" : ""));
    }
}
