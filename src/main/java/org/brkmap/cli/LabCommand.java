package org.brkmap.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code brkmap lab}: the labs, a command for each thing that is done with them. */
@Command(
        name = "lab",
        mixinStandardHelpOptions = true,
        subcommands = {
            LabListCommand.class,
            LabStatusCommand.class,
            LabRunCommand.class,
            LabWatchCommand.class,
            LabHintCommand.class,
            LabResetCommand.class,
            LabOpenCommand.class,
            LabVerifyCommand.class
        },
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Works with the labs: what there is to do, how far you are, and the next hint.",
            "",
            "Read the handout, write predictions into answers.properties or change the lab's programs, run the lab,"
                    + " read what it says, and try again. An exercise you have not begun is skipped, never failed."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:done",
            "1:what was asked for could not be done; standard error says why",
            "2:the command was not understood, or there is no such lab"
        },
        footerHeading = "%nTry:%n",
        footer = {
            "  ./brkmap lab list",
            "  ./brkmap lab open lab2",
            "  ./brkmap lab run lab2",
            "  ./brkmap lab hint lab2 grow"
        })
final class LabCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do with the labs; begin with: ./brkmap lab list");
    }
}
