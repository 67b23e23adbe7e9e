package org.brkmap.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.brkmap.bench.AllocatorFigures.Served;

/**
 * Finds out what each malloc of this machine does, by watching real processes: nothing is looked up. Interrupting the thread
 * ends it with {@link InterruptedException}.
 */
public final class MallocBench {
    /** Powers of four, and the sizes of the books. */
    private static final long[] SIZES = {
        16, 64, 256, 1024, 4096, 16384, 65536, 130048, 131072, 132096, 262144, 1L << 20, 4L << 20, 16L << 20, 64L << 20
    };

    private MallocBench() {}

    /**
     * Measures all, or those named.
     *
     * @param only names of allocators; empty for all
     * @param progress told what is watched now
     * @throws IOException if the samples cannot be built or observed
     */
    public static MallocResults run(List<String> only, Consumer<String> progress)
            throws IOException, InterruptedException {
        Programs programs = Programs.find();
        Map<String, String> missing = new LinkedHashMap<>();
        List<AllocatorFigures> figures = new ArrayList<>();
        for (Allocator allocator : Allocator.find(programs, missing)) {
            if (only.isEmpty() || only.contains(allocator.name())) {
                progress.accept(allocator.name());
                figures.add(figures(allocator));
            }
        }
        List<String> machine = new ArrayList<>(Machine.describe("n/a"));
        machine.removeIf(line -> line.startsWith("files on") || line.startsWith("Java"));
        machine.add(programs.compiler().version());
        missing.keySet().removeIf(name -> !only.isEmpty() && !only.contains(name));
        return new MallocResults(machine, figures, missing);
    }

    private static AllocatorFigures figures(Allocator allocator) throws IOException, InterruptedException {
        MallocProbe probe = new MallocProbe(allocator);
        Map<Long, Served> served = new LinkedHashMap<>();
        for (long size : SIZES) {
            Served one = probe.served(size).orElse(null);
            if (one != null) {
                served.put(size, one);
            }
        }
        return new AllocatorFigures(
                allocator,
                served,
                probe.flips(),
                probe.length(),
                probe.givenBack(),
                probe.small(),
                probe.growth(),
                probe.returned().orElse(null),
                probe.arenas());
    }
}
