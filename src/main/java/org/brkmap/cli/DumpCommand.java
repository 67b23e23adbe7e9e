package org.brkmap.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.brkmap.evidence.FactsJson;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code brkmap dump}: copies a region of a process's memory into a file. */
@Command(
        name = "dump",
        mixinStandardHelpOptions = true,
        description = {
            "Copies a region of a process's memory into a file that only its owner may read.",
            "The process is stopped meanwhile and goes on afterwards, unless it was stopped before."
                    + " Mappings of one role follow one another in the file; pages that cannot be read are zeros, and named."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:the file holds the region",
            "1:there is no such process or region, it may not be read, or the file cannot be written",
            "2:the command was not understood"
        },
        footerHeading = "%nTry:%n",
        footer = "  ./brkmap dump $(pgrep -n bash) --region heap --out heap.bin")
final class DumpCommand implements Callable<Integer> {
    @Mixin
    private MemoryOptions options = new MemoryOptions();

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The file; an old one is replaced.")
    private Path out = Path.of("");

    @Option(names = "--json", description = "Say what was copied for programs to read (docs/CLI.md).")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        OutputFile.check(out);
        int pid = options.pid();
        Console console = Console.of(spec);
        MemoryCopy.Outcome outcome = Progress.during("copying memory of process " + pid, console, () -> copy(pid));
        if (json) {
            Map<String, @Nullable Object> facts = new LinkedHashMap<>();
            facts.put("schema", "brkmap/dump/1");
            facts.putAll(options.facts(outcome));
            facts.put("file", out.toAbsolutePath().toString());
            console.out().print(FactsJson.write(facts));
        } else {
            outcome.mappings().forEach(mapping -> console.out().println(mapping.range() + " " + mapping.permissions()));
            MemoryOptions.complaints(outcome).forEach(console.err()::println);
            console.out().println(outcome.bytes() + " bytes: " + out.toAbsolutePath());
        }
        console.out().flush();
        return 0;
    }

    private MemoryCopy.Outcome copy(int pid) throws IOException {
        AtomicReference<MemoryCopy.@Nullable Outcome> copied = new AtomicReference<>();
        OutputFile.write(
                out,
                sink -> copied.set(MemoryCopy.copy(
                        pid,
                        options.region(),
                        (address, bytes, length) -> sink.take(ByteBuffer.wrap(bytes, 0, length)))));
        return Objects.requireNonNull(copied.get());
    }
}
