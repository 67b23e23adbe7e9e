package org.brkmap.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.brkmap.analyse.Analyser;
import org.brkmap.model.CheckpointKind;
import org.brkmap.model.Ending;
import org.brkmap.model.MemoryEvent;
import org.brkmap.model.Observation;
import org.brkmap.model.Snapshot;
import org.brkmap.model.TranscriptLine;
import org.brkmap.observe.Observer;
import org.jspecify.annotations.Nullable;

/**
 * One run of sample-c/requests: what the kernel was asked for at each request. Immutable.
 *
 * @param start the address space before the first
 * @param startBreak the program break then; null where nobody had asked for it
 * @param refusal what the program said when it did not carry them all out; null if it did
 */
record Requests(
        Snapshot start,
        @Nullable Long startBreak,
        List<Step> steps,
        @Nullable String refusal) {
    /**
     * One request and what came of it.
     *
     * @param pointer the newest block's address
     * @param breakMoved by how many bytes; negative if it went down
     */
    record Step(String request, long pointer, long breakMoved, List<MemoryEvent> events, Snapshot after) {
        Optional<MemoryEvent> mapping() {
            return events.stream()
                    .filter(event -> event.call().equals("mmap"))
                    .filter(event -> holds(event.result(), event.arg(1), pointer))
                    .reduce((earlier, later) -> later);
        }

        boolean unmaps(long address) {
            return events.stream()
                    .anyMatch(event -> event.call().equals("munmap") && holds(event.arg(0), event.arg(1), address));
        }

        /** Bytes of address space gained, by the kernel's listing. */
        long grownSince(Snapshot before) {
            return after.totals().virtual() - before.totals().virtual();
        }

        private static boolean holds(long start, long length, long address) {
            return Long.compareUnsigned(start, address) <= 0 && Long.compareUnsigned(address, start + length) < 0;
        }
    }

    /**
     * Runs the requests in a new process. It refuses {@code fill} where that has no meaning, and ends where memory does.
     *
     * @throws IOException if it cannot be run, or ended before its first checkpoint
     */
    static Requests of(Allocator allocator, List<String> requests) throws IOException, InterruptedException {
        Observation run = Analyser.analyse(Observer.observe(allocator.launch(allocator.requests(), requests)))
                .observation();
        Ending ending = run.ending();
        List<Snapshot> marks = run.snapshots().stream()
                .filter(snapshot -> snapshot.kind() == CheckpointKind.MARKER)
                .toList();
        if (marks.isEmpty()) {
            throw new IOException(allocator.name() + ": sample-c/requests: " + ending.describe());
        }
        List<Step> steps = new ArrayList<>();
        Long startBreak = breakBefore(run.events(), marks.get(0).eventsBefore());
        Long end = startBreak;
        for (int i = 0; i + 1 < marks.size(); i++) {
            Snapshot before = marks.get(i);
            Snapshot after = marks.get(i + 1);
            List<MemoryEvent> events =
                    run.events().subList((int) before.eventsBefore(), (int) after.eventsBefore()).stream()
                            .filter(MemoryEvent::succeeded)
                            .toList();
            long moved = 0;
            for (MemoryEvent event : events) {
                if (event.call().equals("brk")) {
                    moved += end == null ? 0 : event.result() - end;
                    end = event.result();
                }
            }
            steps.add(new Step(requests.get(i), pointer(after.label()), moved, events, after));
        }
        boolean whole = ending.isSuccess() && steps.size() == requests.size();
        return new Requests(marks.get(0), startBreak, List.copyOf(steps), whole ? null : refusal(run));
    }

    Step last() {
        return Objects.requireNonNull(steps.get(steps.size() - 1));
    }

    private static String refusal(Observation run) {
        return run.transcript().stream()
                .map(TranscriptLine::text)
                .filter(text -> text.startsWith("requests: "))
                .reduce((earlier, later) -> later)
                .map(text -> text.substring("requests: ".length()).strip())
                .orElse(run.ending().describe());
    }

    private static @Nullable Long breakBefore(List<MemoryEvent> events, long count) {
        return events.stream()
                .limit(count)
                .filter(event -> event.call().equals("brk"))
                .map(MemoryEvent::result)
                .reduce((earlier, later) -> later)
                .orElse(null);
    }

    /** {@code 131072 0x7f1234567010}. */
    private static long pointer(String label) {
        String address = label.substring(label.lastIndexOf(' ') + 1);
        return address.startsWith("0x") ? Long.parseUnsignedLong(address.substring(2), 16) : 0;
    }
}
