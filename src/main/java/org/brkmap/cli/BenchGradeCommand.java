package org.brkmap.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.brkmap.bench.GradeBench;
import org.brkmap.bench.SelfReport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code brkmap bench grade}: what grading a class costs. */
@Command(
        name = "grade",
        mixinStandardHelpOptions = true,
        description = {
            "Does lab 2 a few times, makes classes of 100 to 10,000 reports of that, grades them by the command, and says"
                    + " how long it takes and how much memory; then runs submissions again, in the sandbox and without.",
            "It takes minutes and some gigabytes below target, needs gcc, and a machine that does nothing else."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:measured, whether or not the targets are met",
            "1:something could not be built, run or written",
            "2:the command was not understood"
        },
        footerHeading = "%nTry:%n",
        footer = {
            "  ./brkmap bench grade --sizes 100,1000 --rounds 1 --reruns 0",
            "  make bench-grade                  all of it, into docs/MEASURING.md"
        })
final class BenchGradeCommand implements Callable<Integer> {
    @Option(
            names = "--sizes",
            split = ",",
            paramLabel = "N",
            defaultValue = "100,1000,2000,10000",
            description = "How many reports, ascending (default: ${DEFAULT-VALUE}).")
    private List<Integer> sizes = List.of();

    @Option(
            names = "--rounds",
            defaultValue = "3",
            description = "How often each is graded (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--reruns",
            defaultValue = "40",
            description = "Submissions that are run again; 0 for none (default: ${DEFAULT-VALUE}).")
    private int reruns;

    @Option(names = "--json", description = "Print the numbers for programs (docs/CLI.md).")
    private boolean json;

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
        boolean ascending = sizes.stream().sorted().distinct().toList().equals(sizes);
        if (rounds < 1 || reruns < 0 || sizes.isEmpty() || sizes.get(0) < 1 || !ascending) {
            throw new ParameterException(spec.commandLine(), "Sizes ascend from 1, and rounds are above zero.");
        }
        if (into != null) {
            MeasuredPage.check(into, "grade");
        }
        Console console = Console.of(spec);
        SelfReport report;
        try (Interruption interruption = Interruption.ofThisThread();
                Progress progress = Progress.of("grading", console)) {
            report = measured(interruption, progress);
        }
        console.out().print(json ? BenchFacts.json(report) : report.text());
        console.out().flush();
        if (into != null) {
            MeasuredPage.fill(into, "grade", report.markdown());
        }
        return 0;
    }

    /** What runs when Ctrl-C comes may say that it came to no end, rather than that it was interrupted. */
    private SelfReport measured(Interruption interruption, Progress progress) throws IOException, InterruptedException {
        try {
            return new GradeBench(sizes, rounds, reruns).run(progress::line);
        } catch (IOException e) {
            if (interruption.hasCome()) {
                throw (InterruptedException) new InterruptedException("interrupted").initCause(e);
            }
            throw e;
        }
    }
}
