package org.brkmap.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.brkmap.evidence.EvidenceDocument;
import org.brkmap.evidence.EvidenceIsland;
import org.brkmap.evidence.EvidenceJson;
import org.brkmap.evidence.FactsJson;
import org.brkmap.evidence.LabDocument;
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
        EvidenceDocument a = read(one);
        EvidenceDocument b = read(other);
        Comparison comparison = new Comparison(a, b);
        if (!comparison.hasCommonRuns()) {
            throw new IOException(
                    "there is nothing to compare: " + one + " holds " + describe(a) + ", " + other + " holds "
                            + describe(b) + ", and no run of the one is called as one of the other. "
                            + "Compare two reports of one lab, or two of single runs.");
        }
        Console.of(spec)
                .out()
                .print(json ? FactsJson.write(comparison.facts()) : comparison.text(one.toString(), other.toString()));
        if (html != null) {
            OutputFile.write(html, comparison.page(one.toString(), other.toString()));
        }
        return comparison.isSame() ? 0 : DIFFERENT;
    }

    private static String describe(EvidenceDocument document) {
        if (document instanceof LabDocument lab) {
            int runs = lab.runs().size();
            return lab.lab() + " (" + (runs == 0 ? "no run" : runs == 1 ? "one run" : runs + " runs") + ")";
        }
        return "a single run";
    }

    private static EvidenceDocument read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(EvidenceJson.MAX_CHARACTERS + 1);
            if (bytes.length > EvidenceJson.MAX_CHARACTERS) {
                throw new IOException("it is larger than " + EvidenceJson.MAX_CHARACTERS + " bytes");
            }
            String text = new String(bytes, StandardCharsets.UTF_8);
            return text.stripLeading().startsWith("<") ? EvidenceIsland.read(text) : EvidenceJson.read(text);
        } catch (NoSuchFileException e) {
            throw new IOException(file + ": there is no such file", e);
        } catch (AccessDeniedException e) {
            throw new IOException(file + ": you may not read it", e);
        } catch (IOException e) {
            throw new IOException(file + ": " + e.getMessage() + ". It must be a report or evidence of brkmap.", e);
        }
    }
}
