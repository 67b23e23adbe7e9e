package org.brkmap.bench;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.brkmap.observe.Launch;
import org.brkmap.observe.Observer;
import org.brkmap.toolchain.Tool;

/**
 * What a checkpoint costs: stop, snapshot of thirty mappings with usage and page states, go. A run with many of them, less a
 * run with none, shared out; and the same less what the kernel takes to write smaps.
 */
final class CheckpointCost {
    private static final double TARGET_MILLIS = 1;
    private static final int ROWS = 30;
    private static final int CHECKPOINTS = 500;

    private final int rounds;
    private final String target;
    private final String reader;

    CheckpointCost(int rounds, Programs programs) throws IOException, InterruptedException {
        this.rounds = rounds;
        this.target = programs.path("many_mappings");
        this.reader = programs.path("read_maps", "-O2");
    }

    List<Figure> measure(IntConsumer progress) throws IOException, InterruptedException {
        int own = 1;
        int rows = rows(own);
        if (rows < ROWS) {
            own += ROWS - rows;
            rows = rows(own);
        }
        Optional<ManyMappings> alike = ManyMappings.start(target, rows);
        if (alike.isEmpty()) {
            return List.of(Figure.unknown("a checkpoint", "a process with " + rows + " mappings could not be made"));
        }
        double[] whole = new double[rounds];
        double[] kernel = new double[rounds];
        double[] beyond = new double[rounds];
        try (ManyMappings process = alike.get()) {
            for (int round = 0; round < rounds; round++) {
                progress.accept(round + 1);
                double with = observed(own, CHECKPOINTS);
                double without = observed(own, 0);
                whole[round] = (with - without) / CHECKPOINTS;
                String printed = Tool.run(List.of(reader, "-r", String.valueOf(process.pid()), "500"))
                        .stdout();
                kernel[round] = Estimate.median(MapsCost.yardstickMillis(printed));
                beyond[round] = whole[round] - kernel[round];
            }
        }
        return List.of(
                Figure.of("a checkpoint: stop, snapshot of " + rows + " mappings, go", "ms", whole, null),
                Figure.of("  of it the kernel's own time to write smaps", "ms", kernel, null),
                Figure.of("  beyond that", "ms", beyond, TARGET_MILLIS));
    }

    private double observed(int own, int checkpoints) throws IOException, InterruptedException {
        return Timing.millis(() -> Observer.observe(launch(own, checkpoints)));
    }

    private Launch launch(int own, int checkpoints) {
        return Launch.of(target, String.valueOf(own), String.valueOf(checkpoints));
    }

    /** Observed, a process has some mappings more than alone: those of the probe. */
    private int rows(int own) throws IOException, InterruptedException {
        return Observer.observe(launch(own, 1)).snapshots().stream()
                .mapToInt(snapshot -> snapshot.mappings().size())
                .max()
                .orElse(0);
    }
}
