package org.brkmap.cli;

import java.io.PrintWriter;
import java.util.Locale;
import org.brkmap.bench.CopyBench.Progress;
import org.brkmap.bench.CopyCell;
import org.brkmap.libc.StandardError;
import org.brkmap.report.Sizes;
import org.jspecify.annotations.Nullable;

/** Says what is measured and how long it will yet take: one line that is written over on a terminal, a line a cell elsewhere. */
final class CopyProgress implements AutoCloseable {
    private static final String ERASE = "\r\033[K";

    private final PrintWriter err;
    private final boolean live;
    private final long start = System.nanoTime();
    private @Nullable CopyCell shown;

    private CopyProgress(PrintWriter err, boolean live) {
        this.err = err;
        this.live = live;
    }

    static CopyProgress on(PrintWriter err) {
        return new CopyProgress(err, StandardError.isTerminal() && !"dumb".equals(System.getenv("TERM")));
    }

    void show(Progress progress) {
        if (!live && progress.cell().equals(shown)) {
            return;
        }
        shown = progress.cell();
        String line = String.format(
                Locale.ROOT,
                "%3.0f %%  %s, %s%s",
                100 * progress.share(),
                Sizes.compact(progress.cell().bytes()),
                circumstances(progress.cell()),
                left(progress.share()));
        err.print(live ? ERASE + line : line + System.lineSeparator());
        err.flush();
    }

    private static String circumstances(CopyCell cell) {
        return cell.cache().name().toLowerCase(Locale.ROOT) + ", "
                + cell.destination().name().toLowerCase(Locale.ROOT) + (cell.synced() ? ", synced" : "");
    }

    private String left(double share) {
        double seconds = (System.nanoTime() - start) / 1e9;
        if (share < 0.02 || seconds < 2) {
            return "";
        }
        long left = Math.round(seconds / share * (1 - share));
        return left < 90 ? ", " + left + " s left" : ", " + (left + 30) / 60 + " min left";
    }

    @Override
    public void close() {
        if (live) {
            err.print(ERASE);
            err.flush();
        }
    }
}
