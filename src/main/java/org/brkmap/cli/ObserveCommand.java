package org.brkmap.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.brkmap.analyse.Analyser;
import org.brkmap.evidence.EvidenceJson;
import org.brkmap.evidence.RunDocument;
import org.brkmap.libc.StandardOutput;
import org.brkmap.observe.Launch;
import org.brkmap.observe.Observer;
import org.brkmap.report.HtmlReport;
import org.brkmap.report.TextReport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code brkmap observe}: runs any program under observation and tells the story of its memory. */
@Command(
        name = "observe",
        mixinStandardHelpOptions = true,
        description = {
            "Runs a program on a terminal of its own, stops it where it waits for a key, sleeps or ends,"
                    + " and says what changed in its memory and which call did it.",
            "",
            "Whenever the program waits for its terminal, Enter is pressed, for as long as that changes anything;"
                    + " --stdin gives it lines instead."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:the program was observed, however it ended itself",
            "1:it could not be started, traced or written about",
            "2:the command was not understood"
        },
        footerHeading = "%nTry:%n",
        footer = {
            "  make samples",
            "  ./brkmap observe -- sample-c/build/alloc_size",
            "  ./brkmap observe --html ls.html --json ls.json -- ls -l /",
            "  ./brkmap observe --stdin 'print(1)' -- python3 -i"
        })
final class ObserveCommand implements Callable<Integer> {
    private static final int DEFAULT_WIDTH = 80;

    @Option(names = "--html", paramLabel = "FILE", description = "Write the report as one HTML page.")
    private @Nullable Path html;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the evidence (docs/EVIDENCE.md).")
    private @Nullable Path json;

    @Option(
            names = "--stdin",
            paramLabel = "TEXT",
            description = "Type these lines, one whenever the program waits; then end of file.")
    private @Nullable String input;

    @Option(names = "--no-probe", description = "Do not preload the malloc probe: causes name the system call alone.")
    private boolean noProbe;

    @Parameters(arity = "1..*", paramLabel = "PROGRAM [ARG]", description = "The program, after --, and its arguments.")
    private List<String> command = List.of();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        for (Path file : new @Nullable Path[] {html, json}) {
            if (file != null) {
                OutputFile.check(file);
            }
        }
        RunDocument run = RunDocument.of(Analyser.analyse(Observer.observe(launch())));
        PrintWriter out = spec.commandLine().getOut();
        out.print(TextReport.render(run, width(), colour()));
        if (html != null) {
            OutputFile.write(html, HtmlReport.render(run));
            out.println("report: " + html.toAbsolutePath().toUri());
        }
        if (json != null) {
            OutputFile.write(json, EvidenceJson.write(run));
            out.println("evidence: " + json.toAbsolutePath());
        }
        out.flush();
        return 0;
    }

    private Launch launch() {
        Launch launch = Launch.of(command);
        if (input != null) {
            launch = launch.withInput(input.lines().toList());
        }
        return noProbe ? launch.withoutProbe() : launch;
    }

    private static int width() {
        return StandardOutput.columns().orElse(DEFAULT_WIDTH);
    }

    private static boolean colour() {
        boolean wanted = System.getenv("NO_COLOR") == null && !"dumb".equals(System.getenv("TERM"));
        return wanted && StandardOutput.isTerminal();
    }
}
