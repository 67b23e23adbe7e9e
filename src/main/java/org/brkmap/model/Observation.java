package org.brkmap.model;

import java.util.List;

/**
 * Everything seen of one program from launch to end. As the observer returns it, roles and source lines are still open; the
 * analysis returns one with them filled in. Immutable.
 *
 * @param snapshots in the order they were taken, of all processes
 * @param events in order of entry
 * @param allocations the probe's log, in order; empty without a probe
 * @param allocationsDropped how many allocator calls the log had no room for
 * @param notes what a reader should know about this run, such as an ended orphan
 */
public record Observation(
        ProgramFacts program,
        HostFacts host,
        List<TranscriptLine> transcript,
        List<Snapshot> snapshots,
        List<MemoryEvent> events,
        List<AllocatorCall> allocations,
        long allocationsDropped,
        Ending ending,
        List<String> notes) {
    /** How a note begins that ends with the call: sendfile, copy_file_range, splice, io_uring_setup. */
    public static final String COPIED_BY_THE_KERNEL =
            "it asked the kernel to move data without a buffer of its own, by ";

    public Observation {
        transcript = List.copyOf(transcript);
        snapshots = List.copyOf(snapshots);
        events = List.copyOf(events);
        allocations = List.copyOf(allocations);
        notes = List.copyOf(notes);
    }

    /** The same, with the texts of the program's sources. */
    public Observation withSources(List<SourceText> sources) {
        ProgramFacts told =
                new ProgramFacts(program.argv(), sources, program.flags(), program.limits(), program.probed());
        return new Observation(
                told, host, transcript, snapshots, events, allocations, allocationsDropped, ending, notes);
    }

    /** The calls, each once, by which it had the kernel move data past its own memory, as far as they were seen. */
    public List<String> copiesByTheKernel() {
        return notes.stream()
                .filter(note -> note.startsWith(COPIED_BY_THE_KERNEL))
                .map(note -> note.substring(COPIED_BY_THE_KERNEL.length()))
                .distinct()
                .toList();
    }
}
