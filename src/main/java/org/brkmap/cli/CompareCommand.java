package org.brkmap.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.brkmap.evidence.EvidenceDocument;
import org.brkmap.evidence.EvidenceIsland;
import org.brkmap.evidence.EvidenceJson;
import org.brkmap.evidence.FactsJson;
import org.brkmap.report.Comparison;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code brkmap compare}: two reports side by side. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        description = {
            "Sets two reports against each other: two runs, two builds, a student's lab and another's.",
            "Reads the evidence that a report carries (.html), or a file of evidence (.json). Addresses are normalised."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:they are the same but for addresses",
            "1:a file cannot be read, or holds no evidence",
            "2:the command was not understood",
            "3:they differ"
        },
        footerHeading = "%nTry:%n",
        footer = {
            "  ./brkmap observe --html a.html -- sample-c/build/alloc_size",
            "  ./brkmap observe --html b.html -- sample-c/build/touch",
            "  ./brkmap compare a.html b.html --html ab.html"
        })
final class CompareCommand implements Callable<Integer> {
    private static final int DIFFERENT = 3;

    @Option(names = "--html", paramLabel = "OUT", description = "Write the comparison as a page, too.")
    private @Nullable Path html;

    @Option(names = "--json", description = "Print the comparison for programs (docs/CLI.md).")
    private boolean json;

    @Parameters(index = "0", paramLabel = "A", description = "The one report.")
    private Path one = Path.of("");

    @Parameters(index = "1", paramLabel = "B", description = "The other.")
    private Path other = Path.of("");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Comparison comparison = new Comparison(read(one), read(other));
        Console.of(spec)
                .out()
                .print(json ? FactsJson.write(comparison.facts()) : comparison.text(one.toString(), other.toString()));
        if (html != null) {
            OutputFile.write(html, comparison.page(one.toString(), other.toString()));
        }
        return comparison.isSame() ? 0 : DIFFERENT;
    }

    private static EvidenceDocument read(Path file) throws IOException {
        try {
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            return text.stripLeading().startsWith("<") ? EvidenceIsland.read(text) : EvidenceJson.read(text);
        } catch (NoSuchFileException e) {
            throw new IOException(file + ": there is no such file", e);
        } catch (IOException e) {
            throw new IOException(file + ": " + e.getMessage() + ". It must be a report or evidence of brkmap.", e);
        }
    }
}
