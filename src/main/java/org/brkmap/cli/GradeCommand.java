package org.brkmap.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code brkmap grade}: what an instructor does with what a class handed in, a command for each thing. */
@Command(
        name = "grade",
        mixinStandardHelpOptions = true,
        subcommands = {GradeRerunCommand.class, GradeWorkerCommand.class},
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Grades what a class handed in.",
            "",
            "What a report says is a claim that its student could edit; what a re-run sees is not."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:done",
            "1:what was asked for could not be done; standard error says why",
            "2:the command was not understood",
            "130:ended by Ctrl-C; what was graded until then is kept, and --resume goes on"
        },
        footerHeading = "%nTry:%n",
        footer = {"  ./brkmap grade rerun submissions --roster roster.csv --out graded --jobs 2"})
final class GradeCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to grade; begin with: ./brkmap grade rerun --help");
    }
}
