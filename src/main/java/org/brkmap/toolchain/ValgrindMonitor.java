package org.brkmap.toolchain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Asks a program that valgrind has stopped: valgrind's gdbserver is driven by vgdb, without gdb. What it says is valgrind's
 * word, from user space.
 */
public final class ValgrindMonitor {
    private static final String PROGRAM = "vgdb";
    private static final String PURPOSE = "to ask a program that valgrind has stopped";
    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(20);

    private ValgrindMonitor() {}

    /** Whether valgrind and vgdb are on the PATH. */
    public static boolean isInstalled() {
        return Valgrind.isInstalled() && Tool.exists(PROGRAM);
    }

    /**
     * Runs a program until its first error, at which valgrind stops it; gives valgrind a list of commands, and ends it.
     *
     * @param program its path, then its arguments; the name of a file is added, into which it writes what the commands need
     *     before it makes its error
     * @param commands the commands of valgrind's monitor, made from what the program wrote
     * @return what was answered
     * @throws MissingToolException if valgrind or vgdb is not installed
     * @throws IOException if the program did not get there, or there was no answer
     */
    public static String ask(Path directory, List<String> program, Function<String, List<String>> commands)
            throws IOException, InterruptedException {
        Path folder = Valgrind.folder("vgdb");
        try {
            Path written = folder.resolve("written");
            String prefix = "--vgdb-prefix=" + Valgrind.escaped(folder.resolve("pipe"));
            List<String> argv = new ArrayList<>(program);
            argv.add(written.toString());
            Tool valgrind = Valgrind.tool(directory, List.of("--vgdb=yes", "--vgdb-error=1", prefix), argv);
            FutureTask<ToolResult> run = new FutureTask<>(valgrind::run);
            Thread thread = new Thread(run, "brkmap-valgrind");
            thread.setDaemon(true);
            thread.start();
            try {
                return answers(prefix, commands.apply(awaited(folder, written, run)));
            } finally {
                // Interrupted, the run ends what it has started.
                thread.interrupt();
                thread.join();
            }
        } finally {
            Valgrind.delete(folder);
        }
    }

    /** What the program wrote, as soon as the last line is whole; or why it did not. */
    private static String awaited(Path folder, Path file, FutureTask<ToolResult> run)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + START_LIMIT.toNanos();
        try (WatchService changes = file.getFileSystem().newWatchService()) {
            WatchKey written = folder.register(
                    changes, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
            while (System.nanoTime() < end) {
                if (Files.exists(file)) {
                    String text = Files.readString(file);
                    if (text.endsWith("\n")) {
                        return text;
                    }
                }
                if (run.isDone()) {
                    throw new IOException("the program ended before it could be asked: " + ending(run));
                }
                // An end makes no entry: it is looked for when nothing was written for a while.
                changes.poll(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
                written.pollEvents();
                written.reset();
            }
        }
        throw new IOException("the program was not ready after " + START_LIMIT.toSeconds() + " seconds");
    }

    private static String ending(FutureTask<ToolResult> run) throws IOException, InterruptedException {
        try {
            ToolResult result = run.get();
            return (result.stdout() + result.stderr()).strip();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
    }

    private static String answers(String prefix, List<String> commands) throws IOException, InterruptedException {
        List<String> argv = new ArrayList<>(List.of(PROGRAM, prefix, "--wait=20"));
        List<String> all = new ArrayList<>(List.of("v.set gdb_output"));
        all.addAll(commands);
        for (String command : all) {
            argv.add("-c");
            argv.addAll(List.of(command.split(" ")));
        }
        ToolResult result =
                Tool.of(argv).neededFor(PURPOSE).wallLimit(ANSWER_LIMIT).run();
        if (result.stdout().isBlank()) {
            throw new IOException("vgdb had no answer: " + result.stderr().strip());
        }
        return result.stdout();
    }
}
