package org.brkmap.procfs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.util.Set;
import org.brkmap.procfs.ProcException.Kind;
import org.jspecify.annotations.Nullable;

/** The directory {@code /proc/PID} of one process: opens what is in it, and finds out why that could not be read. */
final class ProcDirectory {
    /** Files which the kernel lets everyone open, and refuses when they are read. */
    private static final Set<String> REFUSED_ON_READING = Set.of("io", "syscall", "wchan");

    private final Path root;
    private final int pid;
    private final Path path;

    private ProcDirectory(Path root, int pid, Path path) {
        this.root = root;
        this.pid = pid;
        this.path = path;
    }

    static ProcDirectory of(Path root, int pid) {
        return new ProcDirectory(root, pid, root.resolve(Integer.toString(pid)));
    }

    /** The directory of one of its threads, which holds nearly the same files. */
    ProcDirectory thread(int tid) {
        return new ProcDirectory(root, tid, path.resolve("task").resolve(Integer.toString(tid)));
    }

    Path path() {
        return path;
    }

    ProcFile open(String name) throws IOException {
        return new ProcFile(this, name);
    }

    /** What a symbolic link in it leads to, as the kernel prints it. */
    String link(String name) throws IOException {
        Path link = path.resolve(name);
        try {
            return text(Files.readSymbolicLink(link));
        } catch (IOException e) {
            throw explain(e, link);
        }
    }

    /** A path's bytes as UTF-8, where Java decodes them by the locale. */
    private static String text(Path path) {
        String text = path.toString();
        if (text.indexOf('\ufffd') < 0 || !path.isAbsolute()) {
            return text;
        }
        return URLDecoder.decode(path.toUri().getRawPath().replace("+", "%2B"), UTF_8);
    }

    ProcStat stat() throws IOException {
        try (ProcFile file = open("stat")) {
            return ProcStat.parse(file, file.source());
        }
    }

    /**
     * Why the reading of an address space came to its end too early, or found nothing at all.
     *
     * @return the exception to throw
     */
    ProcException lost(String source) throws IOException {
        ProcStat stat = stat();
        if (stat.isEnding()) {
            return gone(source, null);
        }
        if (stat.isKernelThread()) {
            return new ProcException(
                    Kind.UNAVAILABLE,
                    "there is no " + source + ": process " + pid + " is a thread of the kernel's own.");
        }
        return new ProcException(
                Kind.RACED,
                source + " lost its address space while it was read, for process " + pid
                        + " executed another program. Stop it first, or read again.");
    }

    /**
     * Tells the reason of an error by its class and the process's state: messages of the system's are in the user's language, and
     * a process that has ended is refused like a stranger's.
     *
     * @return the exception to throw: the given one where nothing more is known
     */
    IOException explain(IOException e, Path file) {
        if (e instanceof ProcException) {
            return e;
        }
        if (!Files.exists(root)) {
            return new ProcException(
                    Kind.UNAVAILABLE, "there is no " + root + " here: brkmap reads processes on Linux only.", e);
        }
        if (!Files.exists(path)) {
            return gone(file.toString(), e);
        }
        boolean absent = e instanceof NoSuchFileException;
        boolean refused = e instanceof AccessDeniedException;
        if (file.getFileName().toString().equals("stat")) {
            return absent ? gone(file.toString(), e) : refused ? denied(file, e) : e;
        }
        return explainLiving(e, file, absent, refused);
    }

    private IOException explainLiving(IOException e, Path file, boolean absent, boolean refused) {
        ProcStat stat;
        try {
            stat = stat();
        } catch (IOException unreadable) {
            unreadable.addSuppressed(e);
            return unreadable;
        }
        if (stat.isEnding()) {
            return gone(file.toString(), e);
        }
        if (stat.isKernelThread()) {
            return new ProcException(
                    Kind.UNAVAILABLE,
                    "there is no " + file + ": process " + pid + " is a thread of the kernel's own.",
                    e);
        }
        if (absent || e instanceof NotLinkException) {
            return new ProcException(
                    Kind.UNAVAILABLE,
                    "there is no " + file + ": this kernel does not have it, or process " + pid + " does not.",
                    e);
        }
        return refused || REFUSED_ON_READING.contains(file.getFileName().toString()) ? denied(file, e) : e;
    }

    private ProcException denied(Path file, IOException e) {
        return new ProcException(
                Kind.DENIED,
                "the kernel does not let us read " + file + ": process " + pid
                        + " belongs to another user, may not be dumped, or is closed to us by Yama or a sandbox."
                        + " Run as its owner or as root, or observe a program that brkmap starts itself.",
                e);
    }

    private ProcException gone(String file, @Nullable IOException e) {
        return new ProcException(
                Kind.GONE,
                "process " + pid + " is gone: it has ended, or never was (reading " + file
                        + "). Start the program again, or look for its number with pgrep.",
                e);
    }
}
