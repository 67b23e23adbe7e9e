package org.brkmap.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.brkmap.bench.CopyBench;
import org.brkmap.bench.CopyCell.Cache;
import org.brkmap.bench.CopyCell.Destination;
import org.brkmap.bench.CopyFiles;
import org.brkmap.bench.CopyPlan;
import org.brkmap.bench.CopyResults;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code brkmap bench copy}: ways to copy a file, measured in pairs. */
@Command(
        name = "copy",
        mixinStandardHelpOptions = true,
        description = {
            "Copies files in about thirty ways (read and write, mappings, inside the kernel, io_uring, Java, cp, dd), in"
                    + " interleaved rounds of random order, and says which is faster where the figures allow to say it.",
            "Writes copy.html (plots and reasons), copy.csv (every run) and copy.json. Takes about a quarter of an hour; Ctrl-C"
                    + " keeps the rounds that are finished."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:measured",
            "1:cut short by Ctrl-C (what was measured is written), or something could not be built, run or written",
            "2:the command was not understood"
        },
        footerHeading = "%nTry:%n",
        footer = {
            "  ./brkmap bench copy --sizes 1m,16m --cache warm --synced no       half a minute",
            "  ./brkmap bench copy --full                                       up to 1 GiB: over an hour",
            "  ./brkmap bench copy --only mapped,copy-file-range --scratch /mnt/other"
        })
final class BenchCopyCommand implements Callable<Integer> {
    private static final String DEFAULT_SIZES = "4k,64k,1m,16m,64m";
    private static final List<String> FULL_SIZES = List.of("4k", "64k", "1m", "16m", "128m", "1g");

    @Option(
            names = "--sizes",
            split = ",",
            paramLabel = "SIZE",
            defaultValue = DEFAULT_SIZES,
            description = "Lengths of the file, from 0 to 4g (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private List<String> sizes;

    @Option(
            names = "--cache",
            split = ",",
            defaultValue = "warm,cold",
            description = "Whether the source is in the page cache: warm, cold (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Set<Cache> caches;

    @Option(
            names = "--destination",
            split = ",",
            defaultValue = "new,overwritten",
            description = "Whether the destination is there already: new, overwritten (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Set<Destination> destinations;

    @Option(
            names = "--synced",
            split = ",",
            paramLabel = "no|yes",
            defaultValue = "no,yes",
            description = "Whether the time until the disk has it (fsync) counts: no, yes (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Set<String> synced;

    @Option(
            names = "--rounds",
            defaultValue = "10",
            description = "Counted copies of each way; at least 10 (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "ID",
            description = "Only these ways, by their id in copy.csv, beside the textbook's pair and memcpy.")
    private @Nullable Set<String> only;

    @Option(names = "--full", description = "Sizes from 4 KiB to 1 GiB; needs 2.1 GiB of disk.")
    private boolean full;

    @Option(names = "--seed", defaultValue = "1", description = "Decides the order (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--drop-caches",
            description = "As root: where a file does not leave the page cache when asked to, empty all caches.")
    private boolean dropCaches;

    @Option(
            names = "--scratch",
            paramLabel = "DIR",
            description = "Where files are copied: the file system that is measured (default: the folder of --out).")
    private @Nullable Path scratch;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "target/reports",
            description = "Where the results go (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path out;

    @Option(
            names = "--into",
            paramLabel = "FILE",
            description = "Put the table into this file as well, where docs/MEASURING.md has it.")
    private @Nullable Path into;

    @Option(names = "--json", description = "Print the results as JSON.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        CopyPlan plan = plan();
        checkIds();
        if (into != null) {
            MeasuredPage.check(into, "copy");
        }
        PrintWriter err = spec.commandLine().getErr();
        try {
            Files.createDirectories(out);
        } catch (IOException e) {
            throw new IOException(
                    "cannot make the folder " + out + " for the results: name another with --out (" + e + ")", e);
        }
        Path folder = scratch == null ? out : scratch;
        if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw new IOException("cannot copy files in " + folder + ": it is no folder that you may write to");
        }
        CopyResults results;
        try (Interruption interruption = Interruption.ofThisThread();
                CopyProgress progress = CopyProgress.on(err)) {
            CopyBench bench = new CopyBench(plan, folder, progress::show, this::keep);
            results = bench.run();
            interruption.end();
            PrintWriter print = spec.commandLine().getOut();
            print.print(json ? CopyFiles.json(results) : CopyFiles.text(results));
            print.flush();
            CopyFiles.write(results, out);
        }
        if (into != null && results.finished()) {
            MeasuredPage.fill(into, "copy", CopyFiles.markdown(results));
        }
        err.println("written: " + out.resolve("copy.html") + ", copy.csv, copy.json");
        return results.finished() ? 0 : Brkmap.FAILED;
    }

    /** What is measured so far is there even if the machine stops now. */
    private void keep(CopyResults soFar) throws IOException {
        CopyFiles.write(soFar, out);
    }

    private void checkIds() throws IOException, InterruptedException {
        for (String id : only == null ? Set.<String>of() : only) {
            Set<String> ids = CopyBench.ids();
            if (!ids.contains(id)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--only " + id + ": there is no such way. There are " + String.join(", ", ids) + ".");
            }
        }
    }

    private CopyPlan plan() {
        if (rounds < CopyPlan.FEWEST_ROUNDS) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--rounds " + rounds + ": at least " + CopyPlan.FEWEST_ROUNDS
                            + "; with fewer no interval means much.");
        }
        Set<Boolean> syncs = new LinkedHashSet<>();
        for (String word : synced) {
            if (!word.equals("no") && !word.equals("yes")) {
                throw new ParameterException(spec.commandLine(), "--synced " + word + ": say no, yes, or no,yes.");
            }
            syncs.add(word.equals("yes"));
        }
        List<Long> lengths =
                (full ? FULL_SIZES : sizes).stream().map(this::bytes).toList();
        return new CopyPlan(
                lengths,
                EnumSet.copyOf(caches),
                EnumSet.copyOf(destinations),
                syncs,
                rounds,
                seed,
                only == null ? Set.of() : only,
                dropCaches);
    }

    private long bytes(String text) {
        try {
            return ByteSize.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--sizes " + text + ": " + e.getMessage());
        }
    }
}
