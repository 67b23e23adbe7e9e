package org.brkmap.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.brkmap.toolchain.Tool;
import org.brkmap.toolchain.ToolResult;

/**
 * What a lab costs its reader: {@code mvn test -Plab2}, all built, in turn with the same Maven run and an empty test, and the same
 * lab by the command line.
 */
final class LabCost {
    /** The test of src/test/empty. */
    private static final String EMPTY = "EmptyTest";

    private static final double TARGET_EXTRA_SECONDS = 1;
    private static final double TARGET_COMMAND_SECONDS = 1.5;
    private static final Duration WALL_LIMIT = Duration.ofMinutes(5);

    private final int rounds;
    private final Programs programs;

    LabCost(int rounds, Programs programs) {
        this.rounds = rounds;
        this.programs = programs;
    }

    List<Figure> measure(IntConsumer progress) throws IOException, InterruptedException {
        if (!Tool.exists("mvn")) {
            return List.of(Figure.unknown("mvn test -Plab2", "mvn is not installed"));
        }
        List<String> lab = List.of("mvn", "-q", "-o", "-B", "test", "-Plab2");
        List<String> empty = new ArrayList<>(lab);
        empty.addAll(List.of(
                // No lab, so that nothing of one is begun in its JVM.
                "-Dlab.id=",
                "-Dtests.root=src/test/empty",
                "-Dtests.compiled=" + EMPTY + ".java",
                "-Dtests.include=" + EMPTY + ".java",
                "-Dtest-classes.directory=target/bench/test-classes",
                // Or it would leave behind other sources than the lab's, and the lab would be compiled anew each time.
                "-Dmaven.compiler.useIncrementalCompilation=false"));
        List<String> command = List.of("./brkmap", "lab", "run", "lab2");
        seconds(lab);
        Path ran = programs.project().target().resolve("surefire-reports/TEST-" + EMPTY + ".xml");
        Files.deleteIfExists(ran);
        seconds(empty);
        if (!Files.exists(ran)) {
            return List.of(Figure.unknown("mvn test -Plab2", "Maven did not run the empty test beside it"));
        }
        seconds(command);
        double[] whole = new double[rounds];
        double[] extra = new double[rounds];
        double[] direct = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            progress.accept(round + 1);
            double without = seconds(empty);
            whole[round] = seconds(lab);
            extra[round] = whole[round] - without;
            direct[round] = seconds(command);
        }
        return List.of(
                Figure.of("mvn test -Plab2, all built", "s", whole, null),
                Figure.of("  more than the same with an empty test", "s", extra, TARGET_EXTRA_SECONDS),
                Figure.of("./brkmap lab run lab2, all built", "s", direct, TARGET_COMMAND_SECONDS));
    }

    /** A lab that fails counts as well: the programs in its folder may be a student's, half done. */
    private double seconds(List<String> command) throws IOException, InterruptedException {
        ToolResult[] result = new ToolResult[1];
        double millis = Timing.millis(() -> result[0] = Tool.of(command)
                .in(programs.project().root())
                .wallLimit(WALL_LIMIT)
                .run());
        if (result[0].timedOut()) {
            throw new IOException(
                    String.join(" ", command) + " took longer than " + WALL_LIMIT.toMinutes() + " minutes");
        }
        return millis / 1000;
    }
}
