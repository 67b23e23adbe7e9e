package org.brkmap.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code brkmap man}: the manual page, from the same source as {@code --help}. */
@Command(
        name = "man",
        mixinStandardHelpOptions = true,
        description = "Prints the manual page, for man(1) to show.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:done", "2:the command was not understood"},
        footerHeading = "%nTry:%n",
        footer = {"  ./brkmap man | man -l -", "  ./brkmap man > ~/.local/share/man/man1/brkmap.1"})
final class ManCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().getOut().print(ManPage.of(spec.root()));
        spec.commandLine().getOut().flush();
    }
}
