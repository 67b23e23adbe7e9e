package org.brkmap.bench;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.brkmap.bench.AllocatorFigures.Arenas;
import org.brkmap.bench.AllocatorFigures.Flip;
import org.brkmap.bench.AllocatorFigures.Growth;
import org.brkmap.bench.AllocatorFigures.Length;
import org.brkmap.bench.AllocatorFigures.Served;
import org.brkmap.bench.AllocatorFigures.Way;

/** The pages of the benchmarks, of figures that are known in advance. */
public final class BenchPages {
    private static final long LARGE = 8 << 20;

    private BenchPages() {}

    /** The page of {@code bench copy}. */
    public static String copies() {
        Map<String, double[]> millis = new LinkedHashMap<>();
        millis.put(CopyStrategy.TEXTBOOK, new double[] {10, 11, 9, 10, 12, 8, 10, 11, 9, 10});
        millis.put(CopyStrategy.TEXTBOOK_MAPPED, new double[] {20, 22, 18, 20, 24, 16, 20, 22, 18, 20});
        millis.put(CopyStrategy.LIMIT, new double[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 1});
        return CopyPage.of(CopySamples.results(millis));
    }

    /** The page of {@code bench malloc}. */
    public static String mallocs() {
        Allocator glibc = new Allocator("glibc", "as it is", Path.of("requests"), Path.of("arenas"), Map.of(), true);
        AllocatorFigures figures = new AllocatorFigures(
                glibc,
                Map.of(1L << 12, new Served(Way.BREAK, 135168), 1L << 20, new Served(Way.OWN_MAPPING, 1052672)),
                Map.of("the first request", new Flip(134473L, LARGE, 27, null)),
                new Length(new Flip(8150L, LARGE, 5, null), 24),
                new Flip(null, LARGE, 1, null),
                List.of(List.of(new Growth("brk", 135168, 1)), List.of()),
                List.of(),
                null,
                List.of(new Arenas("one thread", 1, 4 << 20, 4096)));
        return MallocPage.of(new MallocResults(List.of("a machine"), List.of(figures), Map.of("x<y>", "lacking")));
    }
}
