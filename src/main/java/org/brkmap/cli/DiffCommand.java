package org.brkmap.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.brkmap.evidence.EvidenceDocument;
import org.brkmap.evidence.EvidenceJson;
import org.brkmap.evidence.FactsJson;
import org.brkmap.evidence.LabDocument;
import org.brkmap.evidence.RunDocument;
import org.brkmap.report.Visible;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code brkmap diff}: what differs between two runs, addresses and times left out. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = {
            "Compares two evidence files of observe: program, flags, host, ending, and the address space at each"
                    + " checkpoint, interval by interval.",
            "Absolute addresses and times never count, so two runs of one program are the same under ASLR."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:both runs are the same",
            "1:a file cannot be read, or is no evidence of one run",
            "2:the command was not understood",
            "3:they differ"
        },
        footerHeading = "%nTry:%n",
        footer = {
            "  ./brkmap observe --json a.json -- ls /",
            "  ./brkmap observe --json b.json -- ls /usr",
            "  ./brkmap diff a.json b.json"
        })
final class DiffCommand implements Callable<Integer> {
    private static final int DIFFERENT = 3;
    private static final int MOST_LINES = 30;

    @Option(names = "--json", description = "Print the differences for programs (docs/CLI.md).")
    private boolean json;

    @Parameters(index = "0", paramLabel = "A.json", description = "The one run.")
    private Path one = Path.of("");

    @Parameters(index = "1", paramLabel = "B.json", description = "The other.")
    private Path other = Path.of("");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        List<RunDifference> differences = RunDifference.between(read(one), read(other));
        Console console = Console.of(spec);
        if (json) {
            Map<String, @Nullable Object> facts = new LinkedHashMap<>();
            facts.put("schema", "brkmap/diff/1");
            facts.put("same", differences.isEmpty());
            facts.put(
                    "differences",
                    differences.stream().map(RunDifference::facts).toList());
            console.out().print(FactsJson.write(facts));
        } else if (differences.isEmpty()) {
            console.out().println("The runs are the same but for addresses and times.");
        } else {
            differences.forEach(difference -> print(difference, console));
        }
        console.out().flush();
        return differences.isEmpty() ? 0 : DIFFERENT;
    }

    private static void print(RunDifference difference, Console console) {
        console.out().println(Visible.line(difference.what(), 200) + ":");
        List<String> lines = new ArrayList<>();
        difference.onlyOne().forEach(line -> lines.add("  - " + Visible.line(line, 400)));
        difference.onlyOther().forEach(line -> lines.add("  + " + Visible.line(line, 400)));
        lines.stream().limit(MOST_LINES).forEach(console.out()::println);
        if (lines.size() > MOST_LINES) {
            console.out().println("  and " + (lines.size() - MOST_LINES) + " more; --json has all");
        }
    }

    private static RunDocument read(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException("cannot read " + file + ": it is a directory. Name a file.");
        }
        try {
            if (Files.size(file) > EvidenceJson.MAX_CHARACTERS) {
                throw new IOException(file + " is larger than any evidence that brkmap reads.");
            }
            EvidenceDocument document = EvidenceJson.read(Files.readString(file));
            if (document instanceof LabDocument lab) {
                throw new IOException(file + " is the evidence of " + lab.lab() + ", of many runs. Name one of"
                        + " brkmap observe --json.");
            }
            return (RunDocument) document;
        } catch (NoSuchFileException e) {
            throw new IOException("there is no file " + file + ". Check the path.", e);
        } catch (AccessDeniedException e) {
            throw new IOException("cannot read " + file + ": permission denied.", e);
        } catch (CharacterCodingException e) {
            throw new IOException(file + " is not a text: evidence is JSON in UTF-8.", e);
        } catch (org.brkmap.evidence.EvidenceException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }
}
