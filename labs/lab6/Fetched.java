package lab6;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.brkmap.lab.Bench;
import org.brkmap.model.Mapping;
import org.brkmap.model.Snapshot;
import org.brkmap.procfs.ProcFs;
import org.brkmap.procfs.ProcStat;

/**
 * A file to be mapped, and a look that notes at each checkpoint whether the page cache has all of it (mincore(2)) and how often
 * the process has faulted (proc_pid_stat(5)).
 */
final class Fetched implements Consumer<Snapshot> {
    static final long LENGTH = 4 << 20;

    private final Path file;
    private final Map<String, Boolean> cached = new HashMap<>();
    private final Map<String, ProcStat> faults = new HashMap<>();

    Fetched(Path file) {
        this.file = file;
    }

    /** The file, which is written if it is not there. */
    static Path file(Bench bench) {
        Path file = bench.file("target/programs/lab6-fetched.dat");
        try {
            if (!Files.exists(file) || Files.size(file) != LENGTH) {
                Files.createDirectories(file.getParent());
                byte[] content = new byte[(int) LENGTH];
                new SplittableRandom(6).nextBytes(content);
                Files.write(file, content);
                // Only what the disk has can be thrown out of the cache.
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.force(true);
                }
            }
            return file;
        } catch (IOException e) {
            throw bench.notChecked(file + " cannot be written: " + e.getMessage());
        }
    }

    /** The row that maps the file. */
    static Mapping row(Snapshot snapshot, Path file) {
        return snapshot.mappings().stream()
                .filter(row -> row.backing().name().endsWith("/" + file.getFileName()))
                .findFirst()
                .orElseThrow(() ->
                        new AssertionError(file.getFileName() + " is not mapped at \"" + snapshot.label() + "\""));
    }

    @Override
    public synchronized void accept(Snapshot snapshot) {
        try (FileChannel channel = FileChannel.open(file)) {
            cached.put(
                    snapshot.label(),
                    channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size())
                            .isLoaded());
            faults.put(snapshot.label(), ProcFs.live().stat(snapshot.pid()));
        } catch (IOException e) {
            // What is not known is asked for in vain, and the check says so.
        }
    }

    /** Whether the page cache had all of it at that checkpoint. */
    synchronized boolean isCached(String label, Bench bench) {
        Boolean known = cached.get(label);
        bench.needs(known != null, "whether the file was in the page cache cannot be seen here");
        return Boolean.TRUE.equals(known);
    }

    /** Page faults from one checkpoint to another that waited for the disk. */
    long majorFaults(String from, String to, Bench bench) {
        return stat(to, bench).majorFaults() - stat(from, bench).majorFaults();
    }

    /** Page faults from one checkpoint to another that did not. */
    long minorFaults(String from, String to, Bench bench) {
        return stat(to, bench).minorFaults() - stat(from, bench).minorFaults();
    }

    private synchronized ProcStat stat(String label, Bench bench) {
        ProcStat stat = faults.get(label);
        if (stat == null) {
            throw bench.notChecked("the faults of a process cannot be seen here");
        }
        return stat;
    }
}
