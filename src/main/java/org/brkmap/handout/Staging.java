package org.brkmap.handout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * A folder that is filled under a temporary name beside where it belongs, so that what is there stays as it is until all is
 * done. Closing it, or the end of the JVM by Ctrl-C, removes what was not published. For one thread.
 */
public final class Staging implements AutoCloseable {
    private final Path target;
    private final Path folder;
    private final Thread sweeper;

    private Staging(Path target, Path folder) {
        this.target = target;
        this.folder = folder;
        this.sweeper = new Thread(this::sweep, "brkmap-staging");
        Runtime.getRuntime().addShutdownHook(sweeper);
    }

    /**
     * Prepares a folder that will become this one.
     *
     * @throws IOException if nothing can be written beside it
     */
    public static Staging of(Path target) throws IOException {
        Path absolute = target.toAbsolutePath().normalize();
        Path parent = absolute.getParent();
        if (parent == null) {
            throw new IOException("cannot write " + absolute + ": name a folder");
        }
        Files.createDirectories(parent);
        return new Staging(absolute, Files.createDirectory(parent.resolve(".brkmap-" + UUID.randomUUID())));
    }

    /** Where to write. */
    public Path folder() {
        return folder;
    }

    /** Puts all that was written where it belongs. In a folder that holds something already, files of one name are replaced. */
    public void publish() throws IOException {
        if (Files.isDirectory(target)) {
            Trees.moveInto(folder, target);
        } else {
            Files.move(folder, target, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    @Override
    public void close() throws IOException {
        Trees.delete(folder);
        try {
            Runtime.getRuntime().removeShutdownHook(sweeper);
        } catch (IllegalStateException e) {
            // The JVM is ending, and the hook does the same.
            return;
        }
    }

    private void sweep() {
        try {
            Trees.delete(folder);
        } catch (IOException e) {
            System.err.println("brkmap: " + folder + " could not be removed: " + e);
        }
    }
}
