package lab6;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.brkmap.analyse.Analysis;
import org.brkmap.evidence.ExerciseKind;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Exercise;
import org.brkmap.lab.Lab;
import org.brkmap.lab.Question;
import org.brkmap.lab.Recipe;
import org.brkmap.lab.RowKeys;
import org.brkmap.model.Mapping;
import org.brkmap.model.Snapshot;
import org.brkmap.model.Usage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Lab("lab6")
@Order(2)
@DisplayName("Identify: read smaps")
class IdentifyTest {
    private static final long PAGES = 32;

    @Test
    @Order(1)
    @DisplayName("Five areas of a child, and what became of each")
    @Exercise(
            id = "areas",
            kind = ExerciseKind.IDENTIFY,
            points = 10,
            parts = {"inherited", "copied", "new", "read", "half"},
            hints = {
                "Rss says what is mapped and there, Pss what share of it falls to this process. Compare the two.",
                "Shared pages are those that parent and child still have together. Of which area are none, of which all, of which half?",
                "Rss 0: only read, for the page of zeros counts nowhere; where the kernel has none to share, it is a quarter, each"
                        + " page that was read. Shared_Dirty alone: inherited. Half and half: half. "
                        + "Copied and new look alike in the child; the parent's Rss, in the last column, tells them apart."
            },
            explanation = "Shared_Dirty becomes Private_Dirty page by page, as somebody writes. "
                    + "Reading fresh memory maps the kernel's one page of zeros, which smaps counts nowhere; only where the kernel "
                    + "shares none, as in some virtual machines, does it bring pages.")
    void whatBecameOfEachArea(Bench bench) {
        Analysis run = bench.observe(
                Recipe.of("kinds: five areas of a child", "labs/lab6/kinds.c").arguments("dbeac"));
        Snapshot child = Processes.at(run, "looked at", Processes.child(run));
        Snapshot parent = Processes.at(run, "looked at", Processes.parent(run));
        RowKeys keys = RowKeys.of(child);
        String sheet = bench.sheet("kinds", sheet(keys, parent, PAGES * Processes.page(run)));
        Map<String, Question> questions = new LinkedHashMap<>();
        long number = 0;
        for (String name : List.of("inherited", "copied", "new", "read", "half")) {
            number++;
            long address = Processes.pointedAt(run, number);
            questions.put(
                    name,
                    Question.row(
                            () -> keys.keyOf(address)
                                    .orElseThrow(() -> new AssertionError("no row holds the area " + name)),
                            List.copyOf(keys.rows().keySet()),
                            "which row of %s is the area that kinds.c calls %s? Write its key.",
                            sheet,
                            name));
        }
        bench.identify(questions);
        bench.found("five areas, by their usage");
    }

    /** The rows of the areas' size in the child, with their usage there, and their Rss in the parent. */
    private static String sheet(RowKeys keys, Snapshot parent, long size) {
        StringBuilder text = new StringBuilder("smaps of the child of labs/lab6/kinds.c at \"looked at\", in KiB: "
                + "its rows of " + size / 1024 + " KiB\n\n");
        String format = "%-10s %8s %8s %14s %14s %10s %14s%n";
        text.append(String.format(
                Locale.ROOT,
                format,
                "key",
                "Rss",
                "Pss",
                "Shared_Dirty",
                "Private_Dirty",
                "Anonymous",
                "parent's Rss"));
        for (Map.Entry<String, Mapping> row : keys.rows().entrySet()) {
            Mapping mapping = row.getValue();
            Usage usage = mapping.usage();
            if (mapping.size() == size && mapping.permissions().write() && usage != null) {
                text.append(String.format(
                        Locale.ROOT,
                        format,
                        row.getKey(),
                        kib(usage.rss()),
                        kib(usage.pss()),
                        kib(usage.sharedDirty()),
                        kib(usage.privateDirty()),
                        kib(usage.anonymous()),
                        kib(Processes.usage(
                                        Processes.row(parent, mapping.range().start()))
                                .rss())));
            }
        }
        return text.toString();
    }

    private static String kib(@Nullable Long bytes) {
        return bytes == null ? "n/a" : Long.toString(bytes / 1024);
    }
}
