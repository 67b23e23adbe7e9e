package org.brkmap.check;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.brkmap.analyse.Analysis;
import org.brkmap.model.CallSite;
import org.brkmap.model.CauseKind;
import org.brkmap.model.Change;
import org.brkmap.model.MemoryEvent;
import org.brkmap.model.Snapshot;
import org.brkmap.model.UserCall;

/** Finding one's way in a run: snapshots by label, events by number, source lines by text. */
final class Runs {
    private Runs() {}

    /**
     * The first snapshot so labelled; where none is, the only one whose label begins so.
     */
    static Optional<Snapshot> snapshot(Analysis run, String label) {
        List<Snapshot> all = run.observation().snapshots();
        Optional<Snapshot> exact =
                all.stream().filter(snapshot -> snapshot.label().equals(label)).findFirst();
        if (exact.isPresent()) {
            return exact;
        }
        List<Snapshot> close = all.stream()
                .filter(snapshot -> snapshot.label().startsWith(label))
                .toList();
        return close.size() == 1 ? Optional.of(close.get(0)) : Optional.empty();
    }

    static String labels(Analysis run) {
        return run.observation().snapshots().stream()
                .map(snapshot -> '"' + Wording.printable(snapshot.label()) + '"')
                .toList()
                .toString();
    }

    static List<MemoryEvent> causesOf(Change change, Analysis run) {
        Set<Long> wanted = new TreeSet<>(change.causedBy());
        return run.observation().events().stream()
                .filter(event -> wanted.contains(event.seq()))
                .toList();
    }

    /** Whether the call behind the event stands on this line. */
    static boolean isAt(MemoryEvent event, String file, int line) {
        UserCall cause = event.cause();
        CallSite site = cause == null ? null : cause.site();
        return site != null
                && site.file() != null
                && site.line() != null
                && site.line() == line
                && baseName(site.file()).equals(baseName(file));
    }

    /** The numbers of the lines of a source file of the program that hold the text. */
    static List<Integer> linesWith(Analysis run, String file, String text) {
        return run.observation().program().sources().stream()
                .filter(source -> baseName(source.name()).equals(baseName(file)))
                .flatMap(source -> {
                    List<String> lines = source.text().lines().toList();
                    return IntStream.range(0, lines.size())
                            .filter(i -> lines.get(i).contains(text))
                            .mapToObj(i -> i + 1);
                })
                .toList();
    }

    /** Whether a brk call succeeded in setting the program break to a place where it was not. */
    static boolean movesBreak(MemoryEvent event, Analysis run) {
        if (!event.call().equals("brk") || event.arg(0) == 0 || event.result() != event.arg(0)) {
            return false;
        }
        long before = run.observation().events().stream()
                .filter(other -> other.call().equals("brk") && other.pid() == event.pid() && other.seq() < event.seq())
                .mapToLong(MemoryEvent::result)
                .reduce(0, (earlier, later) -> later);
        return event.result() != before;
    }

    private static String baseName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Whether what caused the change was seen. */
    static boolean isExplained(Change change) {
        return change.cause() != CauseKind.UNEXPLAINED && change.cause() != CauseKind.NOT_OBSERVED;
    }
}
