package org.brkmap.cli;

import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
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
            LabCommand.class,
            BenchCommand.class,
            CompletionCommand.class,
            ManCommand.class
        },
        description = "Shows what a program's memory does, and which of its lines did it.",
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:done",
            "1:what was asked for could not be done; standard error says why",
            "2:the command was not understood"
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

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** Runs one command and ends the JVM with its exit status. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Brkmap())
                .setExecutionExceptionHandler((failure, command, parsed) -> report(failure, command))
                .setUsageHelpAutoWidth(true);
    }

    /** A failure that was foreseen is a message; any other is a bug, and shows where. */
    private static int report(Exception failure, CommandLine command) {
        PrintWriter err = command.getErr();
        if (failure instanceof IOException) {
            err.println(command.getColorScheme().errorText("brkmap: " + failure.getMessage()));
        } else {
            err.println("brkmap: an error of brkmap's own; please report it with what stands below");
            failure.printStackTrace(err);
        }
        return FAILED;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "No command was named.");
    }
}
