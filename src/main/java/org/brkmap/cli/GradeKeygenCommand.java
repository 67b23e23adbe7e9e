package org.brkmap.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.brkmap.evidence.FactsJson;
import org.brkmap.grade.SigningKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code brkmap grade keygen}: an instructor's key. */
@Command(
        name = "keygen",
        mixinStandardHelpOptions = true,
        description = {
            "Makes a key (Ed25519) that signs what your re-runs saw: KEY, which is yours alone (mode 0600), and KEY.pub, which"
                    + " anybody may have who is to verify results.",
            "",
            "Keep KEY away from submissions and from the machine's backups that others read; nothing of it is in brkmap. Both"
                    + " files are PEM, and openssl reads them."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:made", "1:a file is there already, or cannot be written", "2:the command was not understood"
        },
        footerHeading = "%nTry:%n",
        footer = {
            "  ./brkmap grade keygen ~/.config/brkmap-course.key",
            "  ./brkmap grade rerun submissions --roster roster.csv --out graded --sign ~/.config/brkmap-course.key",
            "  ./brkmap grade verify graded --key ~/.config/brkmap-course.key.pub"
        })
final class GradeKeygenCommand implements Callable<Integer> {
    @Parameters(paramLabel = "KEY", description = "The new file.")
    private Path file = Path.of("");

    @Option(names = "--json", description = "Print the outcome as JSON.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        String id = SigningKey.make(file).verifying().id();
        Console console = Console.of(spec);
        Path open = SigningKey.publicFile(file);
        if (json) {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("schema", "brkmap/key/1");
            facts.put("key", id);
            facts.put("file", file.toString());
            facts.put("public", open.toString());
            console.out().print(FactsJson.write(facts));
        } else {
            console.out().println("key " + id);
            console.out().println("  " + file + "  signs; it is yours alone");
            console.out().println("  " + open + "  verifies; give it to whom you like");
        }
        console.out().flush();
        return 0;
    }
}
