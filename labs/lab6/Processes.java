package lab6;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.brkmap.analyse.Analysis;
import org.brkmap.model.Mapping;
import org.brkmap.model.MemoryEvent;
import org.brkmap.model.Snapshot;
import org.brkmap.model.Usage;

/** How the checks of this lab read a run of several processes. */
final class Processes {
    static final long KIB = 1024;

    /** POINT_ADVICE in point.h. */
    private static final long POINT = 0x6c0000;

    private static final int MOST_POINTS = 100;

    private Processes() {}

    /** The process that was launched. */
    static int parent(Analysis run) {
        return run.observation().snapshots().get(0).pid();
    }

    /** The process that the launched one started first. */
    static int child(Analysis run) {
        return run.observation().events().stream()
                .filter(event -> event.pid() == parent(run) && event.succeeded() && event.result() > 0)
                .filter(event -> event.call().equals("fork") || event.call().equals("clone"))
                .map(event -> (int) event.result())
                .findFirst()
                .orElseThrow(() -> new AssertionError("the program started no other process"));
    }

    /** A process as it was at a checkpoint of any of them. */
    static Snapshot at(Analysis run, String label, int pid) {
        return run.observation().snapshots().stream()
                .filter(snapshot -> snapshot.pid() == pid && snapshot.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new AssertionError(
                        (pid == parent(run) ? "the parent" : "the child") + " was not there at \"" + label + "\""));
    }

    /** The addresses that the program pointed at, by number; of several for one number the last. */
    static Map<Long, Long> pointedAt(Analysis run) {
        return run.observation().events().stream()
                .filter(event -> event.call().equals("madvise") && event.arg(1) == 0)
                .filter(event -> event.arg(2) > POINT && event.arg(2) < POINT + MOST_POINTS)
                .collect(Collectors.toMap(
                        event -> event.arg(2) - POINT, event -> event.arg(0), (earlier, later) -> later));
    }

    /** The address that the program pointed at by this number. */
    static long pointedAt(Analysis run, long number) {
        Long address = pointedAt(run).get(number);
        if (address == null) {
            throw new AssertionError("point_at(" + number + ", ...) was not called");
        }
        return address;
    }

    /** The row of a process that holds an address. */
    static Mapping row(Snapshot snapshot, long address) {
        return snapshot.mappingAt(address)
                .orElseThrow(() -> new AssertionError(
                        "nothing is mapped at the address that was pointed at, at \"" + snapshot.label() + "\""));
    }

    static Usage usage(Mapping row) {
        return Objects.requireNonNull(row.usage(), "smaps was not read here");
    }

    static long pss(Mapping row) {
        return Objects.requireNonNull(usage(row).pss(), "this kernel tells no Pss");
    }

    static long anonymous(Mapping row) {
        return Objects.requireNonNull(usage(row).anonymous(), "this kernel does not tell what is anonymous");
    }

    static List<MemoryEvent> calls(Analysis run, String call) {
        return run.observation().events().stream()
                .filter(event -> event.call().equals(call) && event.succeeded())
                .toList();
    }

    static long page(Analysis run) {
        return run.observation().host().pageSize();
    }
}
