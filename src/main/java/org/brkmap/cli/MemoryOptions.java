package org.brkmap.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.brkmap.model.AddressRange;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What dump and strings have in common. */
final class MemoryOptions {
    @Parameters(paramLabel = "PID", converter = ProcessNumber.Converter.class, description = "The process's number.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private ProcessNumber process;

    @Option(
            names = "--region",
            required = true,
            paramLabel = "ROLE|ADDRESS",
            description =
                    "A role as snapshot prints it, such as heap or stack, whole; or an address in a mapping, as 0x7f12....")
    private String region = "";

    String region() {
        return region;
    }

    /** The process, if it is one that may be stopped, and has memory. */
    int pid() throws IOException {
        process.mustNotHoldUs();
        process.alive();
        return process.pid();
    }

    Map<String, @Nullable Object> facts(MemoryCopy.Outcome outcome) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("pid", process.pid());
        facts.put("region", region);
        facts.put("bytes", outcome.bytes());
        facts.put(
                "mappings",
                outcome.mappings().stream()
                        .map(mapping -> range(mapping.range()))
                        .toList());
        facts.put(
                "unreadable",
                outcome.unreadable().stream().map(MemoryOptions::range).toList());
        return facts;
    }

    private static Map<String, @Nullable Object> range(AddressRange range) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("start", AddressRange.hex(range.start()));
        facts.put("end", AddressRange.hex(range.end()));
        return facts;
    }

    /** What could not be read, for people. */
    static List<String> complaints(MemoryCopy.Outcome outcome) {
        List<String> lines = new ArrayList<>();
        outcome.unreadable()
                .forEach(range ->
                        lines.add("unreadable: " + range + " (" + range.length() + " bytes), taken for zeros"));
        return lines;
    }
}
