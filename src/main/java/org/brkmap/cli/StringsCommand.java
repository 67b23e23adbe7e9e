package org.brkmap.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.brkmap.evidence.FactsJson;
import org.brkmap.model.AddressRange;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code brkmap strings}: the readable text in a region of a process's memory. */
@Command(
        name = "strings",
        mixinStandardHelpOptions = true,
        description = {
            "Prints the runs of printable ASCII in a region of a process's memory, each with its address.",
            "The process is stopped meanwhile and goes on afterwards, unless it was stopped before."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:done, even if there was none",
            "1:there is no such process or region, or it may not be read",
            "2:the command was not understood"
        },
        footerHeading = "%nTry:%n",
        footer = "  ./brkmap strings $(pgrep -n bash) --region heap --least 8")
final class StringsCommand implements Callable<Integer> {
    private static final int MOST_STRINGS = 1_000_000;
    private static final int LONGEST = 4096;

    @Mixin
    private MemoryOptions options = new MemoryOptions();

    @Option(
            names = "--least",
            paramLabel = "N",
            defaultValue = "4",
            description = "Leave out runs of fewer characters (default: ${DEFAULT-VALUE}).")
    private int least;

    @Option(names = "--json", description = "Print the same for programs (docs/CLI.md).")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** A run of printable bytes. */
    private record Found(long address, String text) {
        Map<String, @Nullable Object> facts() {
            Map<String, @Nullable Object> facts = new LinkedHashMap<>();
            facts.put("address", AddressRange.hex(address));
            facts.put("text", text);
            return facts;
        }
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (least < 1) {
            throw new ParameterException(spec.commandLine(), "--least " + least + ": a number above 0 is wanted.");
        }
        Scan scan = new Scan();
        int pid = options.pid();
        Console console = Console.of(spec);
        MemoryCopy.Outcome outcome = Progress.during(
                "reading memory of process " + pid, console, () -> MemoryCopy.copy(pid, options.region(), scan));
        scan.endRun();
        if (json) {
            Map<String, @Nullable Object> facts = new LinkedHashMap<>();
            facts.put("schema", "brkmap/strings/1");
            facts.putAll(options.facts(outcome));
            facts.put("strings", scan.found.stream().map(Found::facts).toList());
            console.out().print(FactsJson.write(facts));
        } else {
            scan.found.forEach(one -> console.out().println(AddressRange.hex(one.address()) + "  " + one.text()));
            MemoryOptions.complaints(outcome).forEach(console.err()::println);
        }
        console.out().flush();
        return 0;
    }

    /** Collects runs as the bytes come by; a run may go on from one piece to the next. */
    private final class Scan implements MemoryCopy.Sink {
        private final List<Found> found = new ArrayList<>();
        private final StringBuilder run = new StringBuilder();
        private long start;
        private long next;

        @Override
        public void take(long address, byte[] bytes, int length) {
            if (address != next) {
                endRun();
            }
            for (int i = 0; i < length; i++) {
                if (bytes[i] >= ' ' && bytes[i] <= '~' && run.length() < LONGEST) {
                    start = run.isEmpty() ? address + i : start;
                    run.append((char) bytes[i]);
                } else {
                    endRun();
                }
            }
            next = address + length;
        }

        private void endRun() {
            if (run.length() >= least && found.size() < MOST_STRINGS) {
                found.add(new Found(start, run.toString()));
            }
            run.setLength(0);
        }
    }
}
