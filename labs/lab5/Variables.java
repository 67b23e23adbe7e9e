package lab5;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.brkmap.analyse.Analysis;
import org.brkmap.elf.ElfFile;
import org.brkmap.elf.Symbol;
import org.brkmap.elf.Symbolizer;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Recipe;
import org.brkmap.lab.Space;
import org.brkmap.model.Mapping;
import org.brkmap.model.Role;
import org.brkmap.model.Snapshot;
import org.brkmap.observe.MemoryCopy;

/**
 * A run whose static variables can be read as they were at a checkpoint: by the symbols of the program's file, and from the
 * process's memory.
 */
final class Variables {
    private static final long MOST = 1 << 20;

    private final Analysis run;
    private final Path file;
    private final MemoryCopy memory;
    private final Bench bench;

    private Variables(Analysis run, Path file, MemoryCopy memory, Bench bench) {
        this.run = run;
        this.file = file;
        this.memory = memory;
        this.bench = bench;
    }

    static Variables of(Bench bench, Recipe recipe) {
        Path file = bench.build(recipe).executable();
        MemoryCopy memory = new MemoryCopy(row -> row.permissions().write() && row.size() <= MOST);
        return new Variables(bench.observe(recipe, memory), file, memory, bench);
    }

    Analysis run() {
        return run;
    }

    /** The eight bytes of a variable, from an offset on, as a number. */
    long word(String label, String variable, int offset) {
        Snapshot snapshot = Space.at(run, label);
        try {
            Symbol symbol = Symbolizer.symbol(file, variable)
                    .orElseThrow(() -> new AssertionError("the program has no variable " + variable));
            if (symbol.size() < offset + Long.BYTES) {
                throw new AssertionError("the variable " + variable + " has " + symbol.size() + " bytes only");
            }
            return memory.at(snapshot, symbol.address() + bias(snapshot) + offset)
                    .orElseThrow(() -> bench.notChecked("the memory of a process cannot be read here"))
                    .getLong(0);
        } catch (IOException e) {
            throw bench.notChecked("the symbols of " + file.getFileName() + " cannot be read: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw bench.notChecked("interrupted");
        }
    }

    /** What is added to the file's addresses in this process. */
    private long bias(Snapshot snapshot) throws IOException {
        List<Mapping> rows = Space.rows(snapshot, role -> role == Role.PROGRAM_HEADERS || role == Role.PROGRAM_TEXT);
        OptionalLong bias = rows.isEmpty()
                ? OptionalLong.empty()
                : ElfFile.read(file)
                        .loadBias(
                                rows.get(0).range().start(),
                                rows.get(0).backing().offset(),
                                run.observation().host().pageSize());
        return bias.orElseThrow(() -> new AssertionError("the program's file is not mapped any more"));
    }
}
