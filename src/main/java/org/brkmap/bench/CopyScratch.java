package org.brkmap.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.brkmap.report.Sizes;

/**
 * The folder in which files are copied to and fro, with one source and one destination. Closing removes it; what a killed
 * benchmark left behind is removed by the next one in the same place. Not thread-safe, but for {@link #close}.
 */
final class CopyScratch implements AutoCloseable {
    private static final String PREFIX = "brkmap-copy-";
    private static final long SPARE = 64L << 20;
    private static final int BLOCK = 1 << 20;
    /** Where the kernel takes the wish to empty all caches (proc_sys_vm(5)). */
    static final Path DROP_CACHES = Path.of("/proc/sys/vm/drop_caches");

    private final Path folder;
    private final Path cacheTool;
    private final Path dropCaches;
    private final long seed;

    private CopyScratch(Path folder, Path cacheTool, Path dropCaches, long seed) {
        this.folder = folder;
        this.cacheTool = cacheTool;
        this.dropCaches = dropCaches;
        this.seed = seed;
    }

    /**
     * Makes the folder.
     *
     * @param parent where; it must exist
     * @param largest the longest file that will be copied
     * @param dropCaches {@link #DROP_CACHES}
     * @throws IOException if there is no room, or it cannot be written
     */
    static CopyScratch in(Path parent, long largest, Path cacheTool, Path dropCaches, long seed) throws IOException {
        removeLeftovers(parent);
        FileStore store = Files.getFileStore(parent);
        long needed = 2 * largest + SPARE;
        if (store.getUsableSpace() < needed) {
            throw new IOException("the largest copy needs " + Sizes.compact(needed) + " in " + parent + ", and "
                    + Sizes.compact(store.getUsableSpace())
                    + " are free: name another folder with --scratch, or smaller --sizes");
        }
        Path folder = parent.resolve(PREFIX + ProcessHandle.current().pid());
        Files.createDirectory(folder);
        return new CopyScratch(folder, cacheTool, dropCaches, seed);
    }

    Path source() {
        return folder.resolve("source");
    }

    Path destination() {
        return folder.resolve("destination");
    }

    /** Makes the source: bytes that no file system can store as a hole or compress. */
    void fill(long bytes) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] block = new byte[BLOCK];
        try (OutputStream out = Files.newOutputStream(source())) {
            for (long left = bytes; left > 0; left -= BLOCK) {
                random.nextBytes(block);
                out.write(block, 0, (int) Math.min(BLOCK, left));
            }
        }
        settle(source());
    }

    /** Whether source and destination are the same, byte for byte. */
    boolean isCopied() throws IOException {
        return Files.mismatch(source(), destination()) == -1;
    }

    /** What is written waits for the disk now, so that it does not while the next copy is timed. */
    void settle(Path file) throws IOException {
        if (Files.exists(file)) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
        }
    }

    void removeDestination() throws IOException {
        Files.deleteIfExists(destination());
    }

    /**
     * Empties the page cache of the source.
     *
     * @param dropAll whether to empty all caches where advice leaves pages behind
     * @return why pages of it are still there; empty if none is
     */
    Optional<String> evictSource(boolean dropAll) throws IOException, InterruptedException {
        long left = resident(ProgramCopy.run(List.of(cacheTool.toString(), "-e", source().toString())));
        if (left == 0) {
            return Optional.empty();
        }
        String stayed = " stayed in the page cache after posix_fadvise(DONTNEED)";
        if (!dropAll) {
            return Optional.of(pages(left) + stayed + "; as root, --drop-caches empties all caches");
        }
        try {
            Files.write(dropCaches, new byte[] {'1'}, StandardOpenOption.WRITE);
        } catch (IOException e) {
            return Optional.of(pages(left) + stayed + ", and all caches cannot be emptied here, which needs root and a"
                    + " /proc/sys that may be written: " + e);
        }
        left = resident(ProgramCopy.run(List.of(cacheTool.toString(), source().toString())));
        return left == 0 ? Optional.empty() : Optional.of(pages(left) + stayed + " and drop_caches");
    }

    /** Whether every page of the source is in the page cache. */
    boolean isSourceWarm() throws IOException, InterruptedException {
        String[] words = ProgramCopy.run(List.of(cacheTool.toString(), source().toString()))
                .split(" ", -1);
        return words.length > 3 && words[1].equals(words[3]);
    }

    private static String pages(long count) {
        return count == 1 ? "1 page" : count + " pages";
    }

    /** {@code resident N of M pages}. */
    private static long resident(String printed) throws IOException {
        try {
            return Long.parseLong(printed.split(" ", -1)[1]);
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new IOException("copy_cache printed what is no number of pages: " + printed.strip(), e);
        }
    }

    String fileSystem() throws IOException {
        FileStore store = Files.getFileStore(folder);
        return String.format(
                Locale.ROOT, "%s on %s, %s free", store.type(), store.name(), Sizes.compact(store.getUsableSpace()));
    }

    @Override
    public void close() throws IOException {
        remove(folder);
    }

    private static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static void removeLeftovers(Path parent) throws IOException {
        List<Path> folders;
        try (Stream<Path> files = Files.list(parent)) {
            folders = files.filter(file -> file.getFileName().toString().matches(PREFIX + "[0-9]{1,18}"))
                    .toList();
        }
        for (Path folder : folders) {
            long maker = Long.parseLong(folder.getFileName().toString().substring(PREFIX.length()));
            if (ProcessHandle.of(maker).isEmpty()) {
                remove(folder);
            }
        }
    }
}
