package org.brkmap.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.brkmap.analyse.Analyser;
import org.brkmap.evidence.EvidenceJson;
import org.brkmap.evidence.RunDocument;
import org.brkmap.model.Observation;
import org.brkmap.observe.Launch;
import org.brkmap.observe.Observer;
import org.brkmap.report.HtmlReport;
import org.brkmap.report.TextReport;
import org.brkmap.report.Visible;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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
            "  ./brkmap observe --attach $(pgrep -n alloc_size)",
            "  ./brkmap observe --aslr off --limit time=5s,memory=256M -- ls",
            "  ./brkmap observe --stdin 'print(1)' -- python3 -i"
        })
final class ObserveCommand implements Callable<Integer> {
    private static final Path STANDARD_OUTPUT = Path.of("-");

    /** Whether addresses are random. */
    enum Aslr {
        on,
        off
    }

    @Option(names = "--html", paramLabel = "FILE", description = "Write the report as one HTML page.")
    private @Nullable Path html;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description =
                    "Write the evidence (docs/EVIDENCE.md); - writes it to standard output, and nothing else there.")
    private @Nullable Path json;

    @Option(
            names = "--stdin",
            paramLabel = "TEXT",
            description = "Type these lines, one whenever the program waits; then end of file.")
    private @Nullable String input;

    @Option(names = "--no-probe", description = "Do not preload the malloc probe: causes name the system call alone.")
    private boolean noProbe;

    @Option(
            names = "--aslr",
            paramLabel = "on|off",
            defaultValue = "on",
            description = "Whether addresses are random, as far as the kernel's setting allows (default: on).")
    private Aslr aslr = Aslr.on;

    @Option(
            names = "--env",
            paramLabel = "NAME=VALUE",
            arity = "1",
            description = "Set a variable of the program's environment; may be repeated.")
    private List<String> environment = List.of();

    @Option(
            names = "--limit",
            paramLabel = "NAME=VALUE",
            split = ",",
            arity = "1",
            description = "Limits on the program: time=20s, output=4M, memory=2G, processes=64 are the defaults.")
    private List<String> limits = List.of();

    @Option(names = "--directory", paramLabel = "DIR", description = "Run the program in this directory.")
    private @Nullable Path workingDirectory;

    @Option(
            names = "--every-event",
            description = "List every system call about memory as well, with the call and the line behind it.")
    private boolean everyEvent;

    @Option(
            names = "--every-change",
            description =
                    "List every change as well, checkpoint by checkpoint: the summary tells those of one line once.")
    private boolean everyChange;

    @Option(
            names = "--attach",
            paramLabel = "PID",
            converter = ProcessNumber.Converter.class,
            description =
                    "Follow this running process instead, with its threads and children, until it ends or Ctrl-C is"
                            + " pressed, and leave it as it was. It runs slowly meanwhile: each of its calls is stopped twice.")
    private @Nullable ProcessNumber attach;

    @Parameters(arity = "0..*", paramLabel = "PROGRAM [ARG]", description = "The program, after --, and its arguments.")
    private List<String> command = List.of();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        checkTarget();
        boolean jsonOnly = STANDARD_OUTPUT.equals(json);
        if (jsonOnly && (everyEvent || everyChange)) {
            throw misuse((everyEvent ? "--every-event" : "--every-change")
                    + " and --json - both want standard output: the evidence lists all of them already.");
        }
        if (html != null && json != null && OutputFile.isSame(html, json)) {
            throw misuse("--html and --json name the same file, " + html + ": the second would overwrite the first.");
        }
        for (Path file : new @Nullable Path[] {html, jsonOnly ? null : json}) {
            if (file != null) {
                OutputFile.check(file);
            }
        }
        ProcessNumber guest = attach;
        Console console = Console.of(spec);
        if (guest == null) {
            Launch launch = launch();
            String what = "observing " + Visible.line(name(command), 30) + ", Ctrl-C ends it;";
            return report(Progress.during(what, console, () -> Observer.observe(launch)), console, jsonOnly);
        }
        guest.mustNotHoldUs();
        try (Following following = Following.of(guest.pid(), longest(), console.err())) {
            String what = "following process " + guest.pid() + ", Ctrl-C lets go of it;";
            return report(Progress.during(what, console, following::result), console, jsonOnly);
        }
    }

    /** A program or a process: one of the two, and what goes with it. */
    private void checkTarget() {
        if (attach == null && command.isEmpty()) {
            throw misuse("observe what? Name a program after --, or a running process: --attach PID");
        }
        boolean forLaunch = input != null
                || workingDirectory != null
                || noProbe
                || aslr == Aslr.off
                || !environment.isEmpty()
                || !command.isEmpty();
        if (attach != null && forLaunch) {
            throw misuse("--attach " + attach.pid()
                    + " follows a process that runs already: a program, --stdin, --env, --aslr,"
                    + " --directory and --no-probe are for one that is started.");
        }
        if (attach == null) {
            launch();
        }
    }

    private @Nullable Duration longest() {
        try {
            return limits.isEmpty() ? null : LimitOption.of(limits).wallTime();
        } catch (IllegalArgumentException e) {
            throw misuse(String.valueOf(e.getMessage()));
        }
    }

    private static String name(List<String> command) {
        String program = command.get(0);
        return program.substring(program.lastIndexOf('/') + 1);
    }

    private int report(Observation seen, Console console, boolean jsonOnly) throws IOException {
        RunDocument run = RunDocument.of(ShownSources.in(Analyser.analyse(seen)));
        if (jsonOnly) {
            console.out().print(EvidenceJson.write(run));
        } else {
            tell(run, console);
        }
        if (html != null) {
            OutputFile.write(html, HtmlReport.render(run));
            (jsonOnly ? console.err() : console.out())
                    .println("report: " + html.toAbsolutePath().toUri());
        }
        if (json != null && !jsonOnly) {
            OutputFile.write(json, EvidenceJson.write(run));
            console.out().println("evidence: " + json.toAbsolutePath());
        }
        console.out().flush();
        return 0;
    }

    private void tell(RunDocument run, Console console) {
        console.out().print(TextReport.render(run, console.width(), console.colour()));
        if (everyChange) {
            console.out().print(TextReport.changes(run, console.width(), console.colour()));
        }
        if (everyEvent) {
            console.out().print(TextReport.events(run, console.width(), console.colour()));
        }
    }

    private ParameterException misuse(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private Launch launch() {
        Launch launch = Launch.of(command);
        if (input != null) {
            launch = launch.withInput(input.lines().toList());
        }
        if (workingDirectory != null) {
            if (!Files.isDirectory(workingDirectory)) {
                throw misuse("--directory " + workingDirectory + ": there is no such directory.");
            }
            launch = launch.withDirectory(workingDirectory.toAbsolutePath());
        }
        for (String variable : environment) {
            int sign = variable.indexOf('=');
            if (sign < 1) {
                throw misuse("--env " + variable + ": a name, =, and a value are wanted, as in --env LC_ALL=C.");
            }
            launch = launch.withEnvironment(variable.substring(0, sign), variable.substring(sign + 1));
        }
        try {
            launch = launch.withLimits(LimitOption.of(limits));
        } catch (IllegalArgumentException e) {
            throw misuse(String.valueOf(e.getMessage()));
        }
        launch = aslr == Aslr.off ? launch.withoutRandomisation() : launch;
        return noProbe ? launch.withoutProbe() : launch;
    }
}
