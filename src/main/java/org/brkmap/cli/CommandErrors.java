package org.brkmap.cli;

import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.MutuallyExclusiveArgsException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says on standard error what went wrong, and chooses the exit status. */
final class CommandErrors {
    private CommandErrors() {}

    /** A failure that was foreseen is a message; any other is a bug, and shows where. */
    static int failed(Exception failure, CommandLine command) {
        PrintWriter err = command.getErr();
        if (isOfTheEnd(failure)) {
            return Brkmap.ENDED;
        }
        if (failure instanceof IOException) {
            err.println("brkmap: " + failure.getMessage());
        } else {
            err.println("brkmap: an error of brkmap's own; please report it with what stands below");
            failure.printStackTrace(err);
        }
        err.flush();
        return Brkmap.FAILED;
    }

    /** Ctrl-C is no failure: what was interrupted by it, and what may not begin any more, is nothing to complain of. */
    private static boolean isOfTheEnd(Exception failure) {
        return (failure instanceof InterruptedException || failure instanceof IllegalStateException)
                && Interruption.isUnderWay();
    }

    /** The complaint, how the command is written, and where all of it is explained: the whole help would hide the complaint. */
    static int misused(ParameterException mistake) {
        CommandLine command = mistake.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("brkmap: " + complaint(mistake));
        UnmatchedArgumentException.printSuggestions(mistake, err);
        CommandLine.Help help = command.getHelp();
        err.print("Usage: " + help.synopsis("Usage: ".length()));
        err.println("./" + command.getCommandSpec().qualifiedName() + " --help explains it, with examples.");
        err.flush();
        return CommandLine.ExitCode.USAGE;
    }

    private static String complaint(ParameterException mistake) {
        CommandLine command = mistake.getCommandLine();
        if (mistake instanceof UnmatchedArgumentException unmatched
                && !unmatched.isUnknownOption()
                && !command.getSubcommands().isEmpty()) {
            return "there is no command \"" + unmatched.getUnmatched().get(0) + "\". The commands are "
                    + String.join(", ", command.getSubcommands().keySet()) + ".";
        }
        String message = String.valueOf(mistake.getMessage());
        return mistake instanceof MutuallyExclusiveArgsException ? message.replaceFirst("^Error: ", "") : message;
    }
}
