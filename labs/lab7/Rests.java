package lab7;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.brkmap.analyse.Analysis;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Recipe;
import org.brkmap.libc.RemoteMemory;
import org.brkmap.libc.SystemFacts;
import org.brkmap.model.Mapping;
import org.brkmap.model.Snapshot;
import org.brkmap.observe.MemoryCopy;
import org.brkmap.procfs.ProcException;
import org.brkmap.procfs.ProcFs;

/** What can be read of a process, and what is left in it: measured while it stands still. */
final class Rests {
    private Rests() {}

    /** Memory that is read in a way of its own. */
    enum Kind {
        CODE("[vdso], the kernel's code for every process", "/proc/PID/mem", "[vdso]"),
        DATA("[vvar], the kernel's data for that code", "/proc/PID/mem", "[vvar]"),
        FORBIDDEN("a page of the heap without any permission (PROT_NONE)", "/proc/PID/mem", ""),
        FORBIDDEN_BY_CALL("a page of the heap without any permission (PROT_NONE)", "process_vm_readv", "");

        private final String what;
        private final String way;
        private final String name;

        Kind(String what, String way, String name) {
            this.what = what;
            this.way = way;
            this.name = name;
        }

        String what() {
            return what;
        }

        String way() {
            return way;
        }

        private boolean is(Mapping row) {
            return name.isEmpty()
                    ? row.backing().name().equals("[heap]")
                            && !row.permissions().read()
                    : row.backing().name().equals(name);
        }
    }

    /** How many words of a freed block are as they were. */
    static long wordsLeft(Bench bench, long bytes) {
        MemoryCopy memory = new MemoryCopy(row -> row.permissions().write());
        Analysis run = bench.observe(
                Recipe.of("freed: " + bytes + " bytes", "labs/lab7/freed.c").arguments(bytes), memory);
        long address = Looking.pointedAt(run, 1);
        ByteBuffer filled = words(bench, memory, Looking.at(run, "filled"), address);
        ByteBuffer freed = words(bench, memory, Looking.at(run, "freed"), address);
        long left = 0;
        for (int at = 0; at < bytes; at += Long.BYTES) {
            left += filled.getLong(at) == freed.getLong(at) ? 1 : 0;
        }
        return left;
    }

    private static ByteBuffer words(Bench bench, MemoryCopy memory, Snapshot snapshot, long address) {
        return memory.at(snapshot, address)
                .orElseThrow(() -> bench.notChecked("the memory of a process cannot be read here"));
    }

    /** What one read returns of a mapping that is longer than its file. */
    static long oneRead(Bench bench, long bytes, long pages) {
        String file = Spaces.file(bench, "drawn", bytes);
        long[] got = {-1};
        byte[] buffer = new byte[Math.toIntExact(pages * SystemFacts.pageSize())];
        bench.observe(
                Recipe.of("space: a mapping longer than its file", "labs/lab7/space.c")
                        .arguments(1, "map", file, "0", pages),
                snapshot -> row(snapshot, row -> row.backing().name().equals(file))
                        .forEach(
                                row -> got[0] = read(snapshot.pid(), row.range().start(), buffer)));
        bench.needs(got[0] >= 0, "the mapping was not seen");
        return got[0];
    }

    /** Whether a byte of that kind is read. */
    static boolean read(Bench bench, Kind kind) {
        boolean[] seen = {false, false};
        bench.observe(
                Recipe.of("space: a heap of five rows", "labs/lab7/space.c").arguments(1, "heap", 300_000, "split"),
                snapshot -> row(snapshot, kind::is).forEach(row -> {
                    seen[0] = true;
                    seen[1] = kind == Kind.FORBIDDEN_BY_CALL
                            ? new RemoteMemory()
                                    .read(snapshot.pid(), row.range().start(), 1)
                                    .hasRemaining()
                            : read(snapshot.pid(), row.range().start(), new byte[1]) > 0;
                }));
        bench.needs(seen[0], "this kernel has no " + kind.name.toLowerCase(Locale.ROOT));
        return seen[1];
    }

    /** The first row that passes, at the checkpoint "ready"; none elsewhere. */
    private static List<Mapping> row(Snapshot snapshot, Predicate<Mapping> wanted) {
        return snapshot.label().equals("ready")
                ? snapshot.mappings().stream().filter(wanted).limit(1).toList()
                : List.of();
    }

    private static int read(int pid, long address, byte[] buffer) {
        try {
            return ProcFs.live().readMemory(pid, address, buffer);
        } catch (ProcException e) {
            if (e.kind() == ProcException.Kind.UNAVAILABLE) {
                return 0;
            }
            throw new UncheckedIOException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
