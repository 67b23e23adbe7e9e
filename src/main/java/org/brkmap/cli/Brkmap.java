package org.brkmap.cli;

import java.io.FileDescriptor;
import java.io.IOException;
import org.brkmap.libc.StandardOutput;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line's front: the commands, and what every one of them does with errors. */
@Command(
        name = "brkmap",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            ObserveCommand.class,
            DoctorCommand.class,
            SnapshotCommand.class,
            AnnotateCommand.class,
            DumpCommand.class,
            StringsCommand.class,
            DiffCommand.class,
            CompareCommand.class,
            LabCommand.class,
            HandoutCommand.class,
            GradeCommand.class,
            BenchCommand.class,
            CompletionCommand.class,
            ManCommand.class,
            VersionCommand.class
        },
        description = "Shows what a program's memory does, and which of its lines did it.",
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:done",
            "1:what was asked for could not be done; standard error says why",
            "2:the command was not understood",
            "3:diff alone: the runs differ",
            "130:ended by Ctrl-C",
            "141:whoever read standard output has seen enough, as head does"
        },
        footerHeading = "%nTry:%n",
        footer = {
            "  ./brkmap doctor                   what this machine has and lacks",
            "  ./brkmap observe -- ls /          any program's memory, from exec to exit",
            "  ./brkmap lab list                 the labs, and the points that you have",
            "  mvn test -Plab2                   the lab that this is made for"
        })
public final class Brkmap implements Runnable {
    static final int FAILED = 1;
    /** As a program that SIGINT ends, to a shell. */
    static final int ENDED = 130;
    /** As a program that SIGPIPE ends, to a shell. */
    private static final int NO_READER = 141;

    private static final int NARROWEST_HELP = 55;
    private static final int WIDEST_HELP = 100;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** Runs one command and ends the JVM with its exit status. */
    public static void main(String[] arguments) {
        StandardStream out = new StandardStream(FileDescriptor.out);
        CommandLine line = commandLine().setOut(out.writer()).setErr(new StandardStream(FileDescriptor.err).writer());
        int status = line.execute(arguments);
        line.getOut().flush();
        line.getErr().flush();
        System.exit(written(out.failure(), status, line));
    }

    static CommandLine commandLine() {
        boolean colour = Console.wantsColour(System.getenv(), StandardOutput.isTerminal());
        return new CommandLine(new Brkmap())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setColorScheme(Help.defaultColorScheme(colour ? Ansi.ON : Ansi.OFF))
                .setUsageHelpWidth(Math.max(NARROWEST_HELP, Math.min(WIDEST_HELP, Console.columns())))
                .setExecutionExceptionHandler((failure, command, parsed) -> CommandErrors.failed(failure, command))
                .setParameterExceptionHandler((mistake, words) -> CommandErrors.misused(mistake));
    }

    /** A reader that has seen enough, as head(1), is no failure to complain of; output that is lost is one. */
    private static int written(@Nullable IOException failure, int status, CommandLine line) {
        if (failure == null) {
            return status;
        }
        if (StandardOutput.isBroken()) {
            return NO_READER;
        }
        line.getErr()
                .println("brkmap: cannot write standard output: " + failure.getMessage() + ". Some of it is lost.");
        line.getErr().flush();
        return FAILED;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "No command was named.");
    }
}
