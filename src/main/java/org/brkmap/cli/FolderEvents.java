package org.brkmap.cli;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.concurrent.TimeUnit;

/**
 * Calls back whenever something may have been saved in a folder: when the kernel says so (inotify(7)), and now and then without
 * that, for file systems that tell nothing, such as Windows' under WSL2. What was saved is for the one called to find out.
 */
final class FolderEvents implements AutoCloseable {
    private static final long LOOKS_ANYWAY_SECONDS = 1;

    private final WatchService service;

    private FolderEvents(WatchService service) {
        this.service = service;
    }

    static FolderEvents of(Path folder) throws IOException {
        WatchService service = folder.getFileSystem().newWatchService();
        folder.register(
                service,
                StandardWatchEventKinds.ENTRY_CREATE,
                StandardWatchEventKinds.ENTRY_MODIFY,
                StandardWatchEventKinds.ENTRY_DELETE);
        return new FolderEvents(service);
    }

    /** Begins to call back, from a thread of its own. */
    void listen(Runnable mayHaveChanged) {
        Thread thread = new Thread(() -> pass(mayHaveChanged), "brkmap-watch");
        thread.setDaemon(true);
        thread.start();
    }

    private void pass(Runnable mayHaveChanged) {
        try {
            while (true) {
                WatchKey key = service.poll(LOOKS_ANYWAY_SECONDS, TimeUnit.SECONDS);
                if (key != null) {
                    key.pollEvents();
                    key.reset();
                }
                mayHaveChanged.run();
            }
        } catch (ClosedWatchServiceException closed) {
            // Nobody wants to know any more.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        service.close();
    }
}
