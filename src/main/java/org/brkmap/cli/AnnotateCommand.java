package org.brkmap.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.brkmap.analyse.Analyser;
import org.brkmap.evidence.FactsJson;
import org.brkmap.model.Mapping;
import org.brkmap.procfs.MapsListing;
import org.brkmap.report.ListingPage;
import org.brkmap.report.Visible;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code brkmap annotate}: explains a maps file that was saved anywhere. */
@Command(
        name = "annotate",
        mixinStandardHelpOptions = true,
        description = {
            "Explains a saved /proc/PID/maps (or smaps) of any machine, 32-bit or 64-bit: sizes in KiB and pages, what"
                    + " each mapping is for as far as the file tells, and what lies between them.",
            "Addresses between two rows are not used; where rows were cut out (a row of dots) they are unknown."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:done; rows that were not understood are named on standard error",
            "1:the file cannot be read, or holds no row of maps",
            "2:the command was not understood"
        },
        footerHeading = "%nTry:%n",
        footer = {
            "  cat /proc/$$$$/maps > shell.maps",
            "  ./brkmap annotate shell.maps --html shell.html --csv shell.csv"
        })
final class AnnotateCommand implements Callable<Integer> {
    private static final int MOST_BYTES = 256 << 20;
    private static final int MOST_COMPLAINTS = 10;

    @Option(names = "--html", paramLabel = "FILE", description = "Write a page with a picture.")
    private @Nullable Path html;

    @Option(
            names = "--csv",
            paramLabel = "FILE",
            description = "Write a row a mapping, for a spreadsheet (docs/CLI.md).")
    private @Nullable Path csv;

    @Option(names = "--json", description = "Print the same for programs (docs/CLI.md), and no table.")
    private boolean json;

    @Option(
            names = "--page-size",
            paramLabel = "BYTES",
            defaultValue = "4096",
            description = "Page size of the machine that the file is from (default: ${DEFAULT-VALUE}).")
    private int pageSize;

    @Parameters(paramLabel = "MAPSFILE", description = "The saved file.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path file;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (pageSize < 1024 || Integer.bitCount(pageSize) != 1) {
            throw new ParameterException(
                    spec.commandLine(), "--page-size " + pageSize + ": a power of two from 1024 on is wanted.");
        }
        checkOutputs();
        MapsListing listing = MapsListing.read(bytes(), file.toString());
        List<Mapping> mappings = Analyser.rolesOfListing(listing.mappings(), pageSize);
        Space space = Space.of(mappings, listing.missingBefore(), pageSize);
        Console console = Console.of(spec);
        List<String> remarks = remarks(listing);
        complain(listing, console);
        if (json) {
            console.out().print(FactsJson.write(facts(listing, space)));
        } else {
            SpaceText.paragraph(Visible.line(file.toString(), 4096) + ": " + String.join(" ", remarks), console);
            SpaceText.print(space, console);
        }
        if (html != null) {
            String title = String.valueOf(file.getFileName());
            OutputFile.write(html, ListingPage.render(title, remarks, mappings, listing.missingBefore(), pageSize));
            console.err().println("page: " + html.toAbsolutePath().toUri());
        }
        if (csv != null) {
            OutputFile.write(csv, SpaceData.csv(space));
            console.err().println("table: " + csv.toAbsolutePath());
        }
        console.out().flush();
        return 0;
    }

    private void checkOutputs() throws IOException {
        for (Path output : new @Nullable Path[] {html, csv}) {
            if (output != null) {
                OutputFile.check(output);
                if (OutputFile.isSame(output, file)) {
                    throw new ParameterException(
                            spec.commandLine(), output + " is the file to be explained: it would be overwritten.");
                }
            }
        }
        if (html != null && csv != null && OutputFile.isSame(html, csv)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--html and --csv name the same file, " + html + ": the second would overwrite the first.");
        }
    }

    private byte[] bytes() throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException("cannot read " + file + ": it is a directory. Name the saved file.");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new IOException(file + " is larger than " + (MOST_BYTES >> 20) + " MiB: no listing of maps is.");
            }
            return bytes;
        } catch (NoSuchFileException e) {
            throw new IOException("there is no file " + file + ". Check the path.", e);
        } catch (AccessDeniedException e) {
            throw new IOException("cannot read " + file + ": permission denied.", e);
        }
    }

    private List<String> remarks(MapsListing listing) {
        List<String> remarks = new ArrayList<>();
        remarks.add(listing.mappings().size() + " mappings at " + addressBits(listing) + "-bit addresses.");
        remarks.add("Pages are taken to be of " + pageSize + " bytes.");
        boolean uneven = listing.mappings().stream()
                .anyMatch(mapping -> (mapping.range().start() | mapping.range().end()) % pageSize != 0);
        if (uneven) {
            remarks.add("They cannot be: not every address is a multiple of that. Give --page-size.");
        }
        if (!listing.missingBefore().isEmpty()) {
            int cuts = listing.missingBefore().size();
            remarks.add("Something is missing in " + cuts + (cuts == 1 ? " place," : " places,")
                    + " so the total is what the file holds, not what the process had.");
        }
        return remarks;
    }

    private static int addressBits(MapsListing listing) {
        return listing.mappings().stream().allMatch(mapping -> (mapping.range().end() - 1) >>> 32 == 0) ? 32 : 64;
    }

    private static void complain(MapsListing listing, Console console) {
        listing.problems().stream()
                .limit(MOST_COMPLAINTS)
                .forEach(problem -> console.err()
                        .println("line " + problem.line() + ": " + problem.why() + ": \""
                                + Visible.line(problem.text(), 80) + "\""));
        if (listing.problems().size() > MOST_COMPLAINTS) {
            console.err().println("and " + (listing.problems().size() - MOST_COMPLAINTS) + " more such lines");
        }
        console.err().flush();
    }

    private Map<String, @Nullable Object> facts(MapsListing listing, Space space) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("schema", "brkmap/annotation/1");
        facts.put("file", file.toString());
        facts.put("addressBits", addressBits(listing));
        facts.put("pageSize", pageSize);
        facts.put("complete", listing.missingBefore().isEmpty());
        List<Map<String, Object>> problems = new ArrayList<>();
        listing.problems()
                .forEach(problem ->
                        problems.add(Map.of("line", problem.line(), "why", problem.why(), "text", problem.text())));
        facts.put("problems", problems);
        facts.put("totals", SpaceData.totals(space));
        facts.put("regions", SpaceData.stretches(space));
        return facts;
    }
}
