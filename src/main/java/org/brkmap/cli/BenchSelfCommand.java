package org.brkmap.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.brkmap.bench.SelfBench;
import org.brkmap.bench.SelfReport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
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
                    + " a checkpoint, reading short and long maps beside a C loop, cat and pmap, starting, a save in a watched"
                    + " lab, and a whole lab beside an empty test.",
            "Prints medians with 95 %% intervals. docs/MEASURING.md says how each is measured.",
            "It takes minutes, needs gcc and strace, and a machine that does nothing else."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:measured, whether or not the targets are met",
            "1:something could not be built, run or written",
            "2:the command was not understood"
        },
        footerHeading = "%nTry:%n",
        footer = {
            "  ./brkmap bench self --rounds 5 --lab-rounds 0",
            "  ./brkmap bench self --json > bench.json",
            "  make bench                        all of it, into docs/MEASURING.md"
        })
final class BenchSelfCommand implements Callable<Integer> {
    private static final String ERASE = "\r\033[K";

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
            description =
                    "How often Maven runs the whole lab; 0 for never, and for no watched lab (default: ${DEFAULT-VALUE}).")
    private int labRounds;

    @Option(
            names = "--mappings",
            defaultValue = "60000",
            description = "The largest address space that is read (default: ${DEFAULT-VALUE}).")
    private int mappings;

    /** One form or the other. */
    static final class Form {
        @Option(names = "--markdown", description = "Print a table in Markdown.")
        boolean markdown;

        @Option(names = "--json", description = "Print the numbers for programs (docs/CLI.md).")
        boolean json;
    }

    @ArgGroup
    private @Nullable Form form;

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
        if (into != null) {
            MeasuredPage.check(into, "self");
        }
        Console console = Console.of(spec);
        boolean live = console.errTerminal() && !console.dumb();
        SelfReport report = new SelfBench(rounds, pairs, labRounds, mappings).run(line -> {
            console.err().print(live ? ERASE + line : line + System.lineSeparator());
            console.err().flush();
        });
        if (live) {
            console.err().print(ERASE);
            console.err().flush();
        }
        Form wanted = form;
        console.out()
                .print(
                        wanted != null && wanted.json
                                ? BenchFacts.json(report)
                                : wanted != null && wanted.markdown ? report.markdown() : report.text());
        console.out().flush();
        if (into != null) {
            MeasuredPage.fill(into, "self", report.markdown());
        }
        return 0;
    }
}
