package org.brkmap.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.brkmap.bench.MallocBench;
import org.brkmap.bench.MallocResults;
import org.brkmap.bench.MallocText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code brkmap bench malloc}: what each malloc of this machine does. */
@Command(
        name = "malloc",
        mixinStandardHelpOptions = true,
        description = {
            "Finds out what each malloc that is installed does (glibc; jemalloc, mimalloc and tcmalloc by preload; musl):"
                    + " from which size on a request gets a mapping of its own, to the byte; what growing asks of the"
                    + " kernel; what free returns; what threads reserve.",
            "All by watching processes under the observer; takes some ten seconds for each."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:measured",
            "1:something could not be built, run or written",
            "2:the command was not understood"
        },
        footerHeading = "%nTry:%n",
        footer = {
            "  ./brkmap bench malloc --only glibc",
            "  ./brkmap bench malloc --html malloc.html          with a plot"
        })
final class BenchMallocCommand implements Callable<Integer> {
    @Option(names = "--only", split = ",", paramLabel = "NAME", description = "Only these, such as glibc,musl.")
    private @Nullable List<String> only;

    @Option(names = "--html", paramLabel = "FILE", description = "Write a page with a plot and a table.")
    private @Nullable Path html;

    @Option(
            names = "--into",
            paramLabel = "FILE",
            description = "Put the table into this file as well, where docs/MEASURING.md has it.")
    private @Nullable Path into;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (html != null) {
            OutputFile.check(html);
        }
        if (into != null) {
            MeasuredPage.check(into, "malloc");
        }
        Console console = Console.of(spec);
        MallocResults results;
        try (Progress progress = Progress.of("watching what malloc does", console)) {
            results = MallocBench.run(only == null ? List.of() : only, name -> progress.line("watching " + name));
        }
        if (results.allocators().isEmpty()) {
            throw new IOException("none of these is here: " + String.join(", ", only == null ? List.of() : only)
                    + ". There may be glibc, jemalloc, mimalloc, tcmalloc and musl");
        }
        console.out().print(json ? MallocText.json(results) : MallocText.text(results));
        console.out().flush();
        if (html != null) {
            OutputFile.write(html, MallocText.page(results));
        }
        if (into != null) {
            MeasuredPage.fill(into, "malloc", MallocText.markdown(results));
        }
        return 0;
    }
}
