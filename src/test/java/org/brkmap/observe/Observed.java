package org.brkmap.observe;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.brkmap.model.CheckpointKind;
import org.brkmap.model.Ending;
import org.brkmap.model.Limits;
import org.brkmap.model.MemoryEvent;
import org.brkmap.model.Observation;
import org.brkmap.model.Snapshot;
import org.brkmap.model.TranscriptLine;
import org.brkmap.model.TranscriptLine.Direction;
import org.brkmap.toolchain.BuildRequest;
import org.brkmap.toolchain.CCompiler;
import org.brkmap.toolchain.ProjectFiles;

/** Builds the programs of the tests, from src/test/c or sample-c, observes them, and picks from what was seen. */
final class Observed {
    private static final ProjectFiles PROJECT = ProjectFiles.find().orElseThrow();
    private static final Path BUILT = PROJECT.target().resolve("observe-tests");

    private Observed() {}

    /** How to build a program of src/test/c. */
    static BuildRequest request(String name) {
        return request(PROJECT.root().resolve("src/test/c/" + name + ".c"));
    }

    /** How to build a program of sample-c. */
    static BuildRequest sampleRequest(String source) {
        return request(PROJECT.sampleC().resolve(source));
    }

    private static BuildRequest request(Path source) {
        return BuildRequest.of(source, BUILT)
                .include(PROJECT.sampleC().resolve("common"))
                .flag("-pthread")
                .flag("-Werror");
    }

    static Path build(BuildRequest request) throws Exception {
        return CCompiler.find().build(request).executable();
    }

    static Path program(String name) throws Exception {
        return build(request(name));
    }

    static Path sample(String source) throws Exception {
        return build(sampleRequest(source));
    }

    /** How to launch a program of src/test/c, with time enough for a loaded machine. */
    static Launch launch(String name, String... arguments) throws Exception {
        return launch(program(name), arguments);
    }

    static Launch launch(Path program, String... arguments) {
        return Launch.of(program.toString(), arguments).withLimits(patient());
    }

    static Limits patient() {
        return new Limits(Duration.ofMinutes(2), 4 << 20, 2L << 30, 64);
    }

    static Limits within(Duration wallTime) {
        return new Limits(wallTime, 4 << 20, 2L << 30, 64);
    }

    static Observation observe(Launch launch) throws Exception {
        return Observer.observe(launch);
    }

    static List<Snapshot> snapshots(Observation seen, CheckpointKind kind) {
        return seen.snapshots().stream()
                .filter(snapshot -> snapshot.kind() == kind)
                .toList();
    }

    static List<String> labels(Observation seen, CheckpointKind kind) {
        return snapshots(seen, kind).stream().map(Snapshot::label).toList();
    }

    static List<CheckpointKind> kinds(Observation seen) {
        return seen.snapshots().stream().map(Snapshot::kind).toList();
    }

    static Snapshot marked(Observation seen, String label) {
        return seen.snapshots().stream()
                .filter(snapshot -> snapshot.kind() == CheckpointKind.MARKER
                        && snapshot.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no checkpoint \"" + label + "\"; " + describe(seen)));
    }

    /** Events between two moments. */
    static List<MemoryEvent> between(Observation seen, Snapshot from, Snapshot to) {
        return seen.events().subList((int) from.eventsBefore(), (int) to.eventsBefore());
    }

    static String output(Observation seen) {
        return said(seen, Direction.OUT);
    }

    static String input(Observation seen) {
        return said(seen, Direction.IN);
    }

    private static String said(Observation seen, Direction direction) {
        StringBuilder text = new StringBuilder();
        seen.transcript().stream()
                .filter(line -> line.direction() == direction)
                .map(TranscriptLine::text)
                .forEach(text::append);
        return text.toString();
    }

    /** For messages of failed assertions. */
    static String describe(Observation seen) {
        Ending ending = seen.ending();
        return ending.describe() + " (" + ending.detail() + "), notes " + seen.notes() + ", checkpoints "
                + seen.snapshots().stream()
                        .map(snapshot -> Map.entry(snapshot.kind(), snapshot.label()))
                        .toList()
                + ", output " + output(seen);
    }
}
