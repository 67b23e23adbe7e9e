package org.brkmap.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Measures what brkmap itself costs on this machine, always in turn with what it is compared to.
 *
 * @param rounds how often each pair is measured
 * @param pairs of malloc and free in a traced run
 * @param labRounds how often a whole lab is run by Maven; 0 leaves that out, and the watch of a lab
 * @param mappings of the largest address space that is read
 */
public record SelfBench(int rounds, long pairs, int labRounds, int mappings) {
    public SelfBench {
        if (rounds < 1 || pairs < 1 || labRounds < 0) {
            throw new IllegalArgumentException("nothing to measure: " + rounds + " rounds of " + pairs + " pairs");
        }
    }

    /** Measures; {@code progress} is told what is being measured. */
    public SelfReport run(Consumer<String> progress) throws IOException, InterruptedException {
        Programs programs = Programs.find();
        List<Figure> figures = new ArrayList<>();
        figures.addAll(new RunCost(rounds, programs).measure(round -> tell(progress, "run", round, rounds)));
        figures.addAll(
                new TracingCost(rounds, programs, pairs).measure(round -> tell(progress, "tracing", round, rounds)));
        figures.addAll(new ProbeCost(rounds, programs).measure(round -> tell(progress, "probe", round, rounds)));
        figures.addAll(
                new CheckpointCost(rounds, programs).measure(round -> tell(progress, "checkpoints", round, rounds)));
        figures.addAll(
                new MapsCost(rounds, programs, mappings).measure(round -> tell(progress, "maps", round, rounds)));
        figures.addAll(new StartCost(rounds).measure(round -> tell(progress, "start", round, rounds)));
        if (labRounds > 0) {
            figures.addAll(new WatchCost(rounds, programs).measure(round -> tell(progress, "watch", round, rounds)));
            figures.addAll(new LabCost(labRounds, programs).measure(round -> tell(progress, "lab", round, labRounds)));
        }
        List<String> machine =
                new ArrayList<>(SelfReport.thisMachine(programs.compiler().version()));
        machine.add(rounds + " rounds, and " + labRounds + " of the lab");
        return new SelfReport(machine, figures);
    }

    private static void tell(Consumer<String> progress, String what, int round, int rounds) {
        progress.accept(what + ": round " + round + " of " + rounds);
    }
}
