package org.brkmap.lab;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.brkmap.analyse.Analyser;
import org.brkmap.analyse.Analysis;
import org.brkmap.analyse.Likeness;
import org.brkmap.observe.Launch;
import org.brkmap.observe.Observer;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/**
 * A student's program with nobody around it: a program that looks for a tracer or a probe, and is well-behaved only if it finds
 * one, shows here what it does otherwise. Where nothing is watched without a tracer (in a sandbox), at least the probe stays away.
 */
final class Untraced {
    /** What is not the same each time is compared with so many runs of either kind before it is called different. */
    private static final int TRIES = 3;

    private final Launch launch;
    private final Runnable prepare;

    /** Why the tracer is there all the same; null while it is not. */
    private @Nullable String traced;

    /**
     * A program that is launched in this way.
     *
     * @param prepare makes everything as it is before a run
     */
    Untraced(Launch launch, Runnable prepare) {
        this.launch = launch;
        this.prepare = prepare;
    }

    /**
     * Compares with a traced run.
     *
     * @param failure what to throw if they differ, by what is different
     * @return how it came out, for the record
     */
    String compare(Analysis observed, Function<String, CheckFailure> failure) {
        List<Analysis> with = new ArrayList<>(List.of(observed));
        String last = "";
        try {
            for (int tries = 1; tries <= TRIES; tries++) {
                prepare.run();
                Analysis without = alone();
                Optional<String> difference = Likeness.difference(with, without);
                if (difference.isEmpty()) {
                    return traced == null
                            ? "alike"
                            : "alike without the probe, not compared without a tracer: " + traced;
                }
                last = difference.get();
                if (without.observation().ending().endedBy() != null) {
                    break; // It takes a whole time limit each time.
                }
                prepare.run();
                with.add(Analyser.analyse(Observer.observe(launch)));
            }
        } catch (IOException e) {
            return "not compared: " + e.getMessage();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TestAbortedException("interrupted", e);
        }
        throw failure.apply(last);
    }

    private Analysis alone() throws IOException, InterruptedException {
        if (traced == null) {
            try {
                return Analyser.analyse(Observer.observeUntraced(launch));
            } catch (IOException e) {
                traced = String.valueOf(e.getMessage());
            }
        }
        return Analyser.analyse(Observer.observe(launch.withoutProbe()));
    }
}
