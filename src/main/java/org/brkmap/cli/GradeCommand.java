package org.brkmap.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code brkmap grade}: what a class handed in, judged; a command each. */
@Command(
        name = "grade",
        mixinStandardHelpOptions = true,
        subcommands = {
            GradeReportsCommand.class,
            GradeRerunCommand.class,
            GradeMergeCommand.class,
            GradeExportCommand.class,
            GradeDiffCommand.class,
            GradeKeygenCommand.class,
            GradeVerifyCommand.class,
            GradeWorkerCommand.class
        },
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "For instructors: grades what a class handed in, and makes the gradebook.",
            "",
            "A report is an unsigned claim: anyone can edit it. reports reads the evidence in it, makes every check anew"
                    + " as far as that goes, and says so beside each grade. rerun builds and runs submissions again in a"
                    + " sandbox: that is the proof."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:done; what is wrong with a submission is a flag, and no failure",
            "1:it could not be done; standard error says why",
            "2:the command was not understood",
            "130:ended by Ctrl-C; what was graded is kept, and --resume goes on"
        },
        footerHeading = "%nTry:%n",
        footer = {
            "  ./brkmap grade reports submissions --roster roster.csv --out graded",
            "  ./brkmap grade rerun submissions --roster roster.csv --out graded --jobs 2"
        })
final class GradeCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: ./brkmap grade --help lists it.");
    }
}
