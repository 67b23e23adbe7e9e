package org.brkmap.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.brkmap.bench.TracingCost;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code brkmap bench}: measures what observing costs on this machine. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = {
            "Measures the cost of tracing: one program that makes many memory calls, run alone, under brkmap"
                    + " and under strace in turn.",
            "Ratios are taken pair by pair, so that a machine that speeds up or slows down does not matter."
        })
final class BenchCommand implements Callable<Integer> {
    @Option(names = "--rounds", defaultValue = "10", description = "How often each is run (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--pairs",
            defaultValue = "100000",
            description = "Pairs of malloc and free in a run (default: ${DEFAULT-VALUE}).")
    private long pairs;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        TracingCost cost = TracingCost.measure(Math.max(1, rounds), pairs, round -> {
            err.printf("round %d of %d%n", round, rounds);
            err.flush();
        });
        cost.lines().forEach(out::println);
        out.flush();
        return 0;
    }
}
