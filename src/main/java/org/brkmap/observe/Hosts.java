package org.brkmap.observe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.brkmap.model.HostFacts;
import org.brkmap.model.Snapshot;
import org.brkmap.procfs.ProcFs;
import org.brkmap.procfs.ZeroPage;
import org.jspecify.annotations.Nullable;

/** Collects what the numbers of a run depend on. */
final class Hosts {
    private static final Path HUGE_PAGES = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");

    private Hosts() {}

    /** The facts for a run of which these snapshots were taken. */
    static HostFacts facts(
            ProcFs proc, @Nullable String compiler, int pageSize, List<Snapshot> snapshots, List<String> ways) {
        return new HostFacts(
                System.getProperty("os.version"),
                System.getProperty("os.arch"),
                ProgramLibrary.of(snapshots),
                compiler,
                pageSize,
                randomisation(proc),
                hugePages(),
                ZeroPage.isShared(),
                ways);
    }

    private static @Nullable Integer randomisation(ProcFs proc) {
        try {
            return Integer.valueOf(proc.setting("kernel/randomize_va_space"));
        } catch (IOException | NumberFormatException e) {
            return null;
        }
    }

    /** The word in brackets: {@code always [madvise] never}. */
    private static @Nullable String hugePages() {
        try {
            String words = Files.readString(HUGE_PAGES);
            int from = words.indexOf('[');
            int to = words.indexOf(']');
            return from >= 0 && to > from ? words.substring(from + 1, to) : null;
        } catch (IOException e) {
            return null;
        }
    }
}
