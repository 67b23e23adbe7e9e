package org.brkmap.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.brkmap.report.Chart;
import org.brkmap.report.ChartPage;

/** What each malloc does, as a page: one plot, and one table with what each number is and how it was found. */
final class MallocPage {
    private static final int HUES = 8;

    private MallocPage() {}

    static String of(MallocResults results) {
        List<String> conditions = new ArrayList<>(results.machine());
        results.missing().forEach((name, why) -> conditions.add("Not measured: " + name + ": " + why));
        return ChartPage.render(
                "malloc",
                headline(results),
                "Every number was found by watching processes of this machine; none is from a book. Requests get"
                        + " mappings of their own where two of a size are answered with two mappings, that go when they are"
                        + " freed. The smallest such size was found by halves, a new process for each size.",
                List.of(
                        new ChartPage.Section("By size", List.of(), List.of(plot(results)), List.of()),
                        new ChartPage.Section(
                                "To the byte",
                                List.of(),
                                List.of(),
                                List.of(new ChartPage.Table(
                                        "Each malloc",
                                        howLast(MallocFacts.head(results)),
                                        MallocFacts.table(results).stream()
                                                .map(MallocPage::howLast)
                                                .toList()))),
                        new ChartPage.Section("Under which conditions", conditions, List.of(), List.of())));
    }

    /** How a number was found is the longest text of its row: it stands behind the answers. */
    private static List<String> howLast(List<String> row) {
        List<String> turned = new ArrayList<>(row);
        turned.add(turned.remove(1));
        return turned;
    }

    private static Chart plot(MallocResults results) {
        List<Chart.Series> series = new ArrayList<>();
        for (AllocatorFigures figures : results.allocators()) {
            List<Chart.Point> points = figures.served().entrySet().stream()
                    .filter(entry -> entry.getValue().grown() > 0)
                    .map(entry ->
                            new Chart.Point(entry.getKey(), entry.getValue().grown()))
                    .toList();
            series.add(new Chart.Series(figures.allocator().name(), series.size() % HUES, points));
        }
        return new Chart.Lines(
                "What a first request costs in address space",
                "Each point is a process of its own that asks for one block. Both axes are logarithmic. A flat line is a"
                        + " stock that serves whatever fits; where a line begins to rise with the size, the request decides.",
                "",
                series);
    }

    private static String headline(MallocResults results) {
        return results.allocators().stream()
                .map(figures -> figures.allocator().name() + " "
                        + MallocFacts.first(figures.flips().get("the first request")))
                .collect(Collectors.joining("; ", "A first request is mapped by itself: ", ""));
    }
}
