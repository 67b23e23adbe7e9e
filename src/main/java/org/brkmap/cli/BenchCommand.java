package org.brkmap.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code brkmap bench}: the measurements, a command each. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        subcommands = {BenchCopyCommand.class, BenchGradeCommand.class, BenchMallocCommand.class, BenchSelfCommand.class
        },
        synopsisSubcommandLabel = "COMMAND",
        description =
                "Measures on this machine, in pairs, so that a machine that speeds up or slows down does not matter.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:measured",
            "1:something could not be built, run or written",
            "2:the command was not understood"
        },
        footerHeading = "%nTry:%n",
        footer = "  ./brkmap bench self --rounds 5 --lab-rounds 0")
final class BenchCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "Say what to measure: brkmap bench copy, grade, malloc or self.");
    }
}
