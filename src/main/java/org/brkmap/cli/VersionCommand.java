package org.brkmap.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.brkmap.evidence.FactsJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code brkmap version}: what {@code --version} prints, for programs too. */
@Command(
        name = "version",
        mixinStandardHelpOptions = true,
        description =
                "Prints what --version does: brkmap's version, the commit of the checkout, and the Java it runs on.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:done", "2:the command was not understood"},
        footerHeading = "%nTry:%n",
        footer = {"  ./brkmap version", "  ./brkmap version --json"})
final class VersionCommand implements Callable<Integer> {
    @Option(names = "--json", description = "Print the same for programs (docs/CLI.md).")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Console console = Console.of(spec);
        if (json) {
            console.out().print(FactsJson.write(Version.facts()));
        } else {
            for (String line : new Version().getVersion()) {
                console.out().println(line);
            }
        }
        console.out().flush();
        return 0;
    }
}
