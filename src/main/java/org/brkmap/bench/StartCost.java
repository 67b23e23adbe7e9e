package org.brkmap.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/** What starting brkmap costs, from fork to end, in turn with a JVM that is started for nothing. The shell script before it is left out. */
final class StartCost {
    private static final List<String> FLAGS =
            List.of("-XX:+IgnoreUnrecognizedVMOptions", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto");

    private final int rounds;

    StartCost(int rounds) {
        this.rounds = rounds;
    }

    List<Figure> measure(IntConsumer progress) throws IOException, InterruptedException {
        List<String> empty = jvm("-version");
        List<String> brkmap = jvm("-cp", System.getProperty("java.class.path"), "org.brkmap.cli.Brkmap", "version");
        Timing.ofProgram(brkmap);
        double[] whole = new double[rounds];
        double[] nothing = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            progress.accept(round + 1);
            nothing[round] = Timing.ofProgram(empty);
            whole[round] = Timing.ofProgram(brkmap);
        }
        return List.of(
                Figure.of("brkmap version, from start to end", "ms", whole, null),
                Figure.ratio("  brkmap / java -version", whole, nothing, null));
    }

    /** A JVM with the flags of the script brkmap. */
    static List<String> jvm(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.addAll(List.of(arguments));
        return command;
    }
}
