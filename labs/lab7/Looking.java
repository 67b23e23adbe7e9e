package lab7;

import org.brkmap.analyse.Analysis;
import org.brkmap.model.Snapshot;

/** How the checks of this lab read a run under observation. */
final class Looking {
    /** POINT_ADVICE in point.h. */
    private static final long POINT = 0x6c0000;

    private Looking() {}

    static Snapshot at(Analysis run, String label) {
        return run.observation().snapshots().stream()
                .filter(snapshot -> snapshot.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no checkpoint \"" + label + "\""));
    }

    /** The address that the program pointed at by this number. */
    static long pointedAt(Analysis run, long number) {
        return run.observation().events().stream()
                .filter(event -> event.call().equals("madvise") && event.arg(1) == 0 && event.arg(2) == POINT + number)
                .mapToLong(event -> event.arg(0))
                .findFirst()
                .orElseThrow(() -> new AssertionError("point_at(" + number + ", ...) was not called"));
    }
}
