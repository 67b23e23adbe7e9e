package org.brkmap.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.brkmap.bench.SelfBench;
import org.brkmap.bench.SelfReport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code brkmap bench self}: what brkmap itself costs. */
@Command(
        name = "self",
        mixinStandardHelpOptions = true,
        description = {
            "Measures what brkmap itself costs: a run of a lab's program, tracing beside strace, the malloc probe,"
                    + " reading a long maps beside a C loop, and a whole lab beside an empty test.",
            "Prints medians with 95 % intervals. docs/MEASURING.md says how each is measured."
        })
final class BenchSelfCommand implements Callable<Integer> {
    @Option(names = "--rounds", defaultValue = "30", description = "How often each is run (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--pairs",
            defaultValue = "100000",
            description = "Pairs of malloc and free in a traced run (default: ${DEFAULT-VALUE}).")
    private long pairs;

    @Option(
            names = "--lab-rounds",
            defaultValue = "5",
            description = "How often Maven runs the whole lab; 0 for never (default: ${DEFAULT-VALUE}).")
    private int labRounds;

    @Option(names = "--markdown", description = "Print a table in Markdown.")
    private boolean markdown;

    @Option(
            names = "--into",
            paramLabel = "FILE",
            description = "Put the table into this file as well, where docs/MEASURING.md has it.")
    private @Nullable Path into;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (rounds < 1 || pairs < 1 || labRounds < 0) {
            throw new ParameterException(spec.commandLine(), "Rounds and pairs are numbers above zero.");
        }
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        if (into != null) {
            OutputFile.check(into);
        }
        SelfReport report = new SelfBench(rounds, pairs, labRounds).run(line -> {
            err.println(line);
            err.flush();
        });
        out.print(markdown ? report.markdown() : report.text());
        out.flush();
        if (into != null) {
            OutputFile.write(into, report.within(Files.readString(into)));
        }
        return 0;
    }
}
