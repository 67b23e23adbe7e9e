package org.brkmap.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.brkmap.bench.CopyCell.Cache;
import org.brkmap.bench.CopyCell.Destination;
import org.brkmap.report.Sizes;

/**
 * Measures ways to copy a file on this machine: all ways of a round together, in an order that is drawn anew, each after an
 * untimed copy of its own. That copy is needed: where the machine takes memory back from what runs on it, the first pages
 * after a pause cost several times the others. Not thread-safe.
 */
public final class CopyBench {
    private static final double BYTES_A_MILLI = 500_000;
    private static final double MILLIS_A_RUN = 6;

    /** More than twice the largest buffer and window, so that each way goes round more than once; and no multiple of a page. */
    private static final long VERIFIED_BYTES = (9L << 20) + 17;

    private final CopyPlan plan;
    private final Path parent;
    private final Consumer<Progress> progress;
    private final Keeper keeper;

    private final List<CopyRun> runs = new ArrayList<>();
    private final Set<String> notes = new LinkedHashSet<>();
    private final Map<String, String> missing = new LinkedHashMap<>();
    private final Map<CopyCell, String> unmeasured = new LinkedHashMap<>();
    private final Map<CopyCell, List<CopySummary>> summaries = new HashMap<>();
    private final List<String> machine = new ArrayList<>();
    private final List<CopyStrategy> correct = new ArrayList<>();
    private boolean finished;

    /**
     * How far the benchmark is. Immutable.
     *
     * @param cell what is measured now
     * @param share of the whole, from 0 to 1
     */
    public record Progress(CopyCell cell, double share) {}

    /** Keeps what was measured so far. */
    public interface Keeper {
        void keep(CopyResults soFar) throws IOException;
    }

    /**
     * Prepares a run.
     *
     * @param parent an existing folder; the files are made in a folder of their own in it, and nowhere else
     * @param progress told before every round
     * @param keeper given all that is measured whenever a cell is done
     */
    public CopyBench(CopyPlan plan, Path parent, Consumer<Progress> progress, Keeper keeper) {
        this.plan = plan;
        this.parent = parent;
        this.progress = progress;
        this.keeper = keeper;
    }

    /**
     * Runs the plan. If this thread is interrupted it returns early, with the rounds that were finished.
     *
     * @throws IOException if the samples cannot be built, or there is no room for the files
     */
    public CopyResults run() throws IOException, InterruptedException {
        CopyStrategies strategies = CopyStrategies.find(Programs.find());
        missing.putAll(strategies.missing());
        List<CopyStrategy> wanted =
                strategies.found().stream().filter(plan::wants).toList();
        try (CopyScratch scratch =
                CopyScratch.in(parent, plan.largest(), strategies.cacheTool(), CopyScratch.DROP_CACHES, plan.seed())) {
            machine.addAll(Machine.describe(scratch.fileSystem()));
            try {
                correct.addAll(verified(wanted, scratch));
                measure(scratch);
                finished = true;
            } catch (InterruptedException e) {
                notes.add("interrupted: the rounds that were finished are here");
            }
        }
        return results();
    }

    private CopyResults results() {
        List<String> lines = new ArrayList<>(machine);
        lines.addAll(Machine.noise(runs));
        return new CopyResults(
                lines, plan, correct, missing, unmeasured, List.copyOf(notes), runs, finished, summaries);
    }

    /** The ids of all ways, whether or not this machine has them. */
    public static Set<String> ids() throws IOException, InterruptedException {
        CopyStrategies strategies = CopyStrategies.find(Programs.find());
        Set<String> ids = new TreeSet<>(strategies.missing().keySet());
        strategies.found().forEach(strategy -> ids.add(strategy.id()));
        return ids;
    }

    /** Every way must copy a file right before its time means anything. */
    private List<CopyStrategy> verified(List<CopyStrategy> wanted, CopyScratch scratch)
            throws IOException, InterruptedException {
        List<CopyStrategy> right = new ArrayList<>();
        scratch.fill(VERIFIED_BYTES);
        for (CopyStrategy strategy : wanted) {
            scratch.removeDestination();
            try {
                strategy.method().copy(scratch.source(), scratch.destination(), false);
                if (strategy.isLimit() || scratch.isCopied()) {
                    right.add(strategy);
                } else {
                    missing.put(strategy.id(), "its copy differs from the source");
                }
            } catch (IOException e) {
                unlessInterrupted();
                missing.put(strategy.id(), String.valueOf(e.getMessage()));
            }
        }
        return right;
    }

    private void measure(CopyScratch scratch) throws IOException, InterruptedException {
        Random random = new Random(plan.seed());
        List<CopyCell> cells = plan.cells();
        double whole = cells.stream().mapToDouble(CopyBench::weight).sum() * plan.rounds();
        double done = 0;
        long filled = -1;
        for (CopyCell cell : cells) {
            double before = done;
            done += weight(cell) * plan.rounds();
            if (filled != cell.bytes()) {
                filled = filled(cell, scratch) ? cell.bytes() : -1;
            }
            for (int round = 1; round <= plan.rounds() && !unmeasured.containsKey(cell); round++) {
                progress.accept(new Progress(cell, (before + weight(cell) * (round - 1)) / whole));
                runs.addAll(round(cell, round, random, scratch));
            }
            keep();
        }
    }

    private boolean filled(CopyCell cell, CopyScratch scratch) throws InterruptedException {
        try {
            scratch.fill(cell.bytes());
            return true;
        } catch (IOException e) {
            unlessInterrupted();
            unmeasured.put(cell, "the source could not be made: " + e.getMessage());
            return false;
        }
    }

    /** Where the files of the results have no room now, they may have when the copies are removed. */
    private void keep() throws InterruptedException {
        try {
            keeper.keep(results());
        } catch (IOException e) {
            unlessInterrupted();
            notes.add("for a while: " + e.getMessage());
        }
    }

    /** What fails because this thread is interrupted is no result. */
    private static void unlessInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private static double weight(CopyCell cell) {
        return MILLIS_A_RUN + cell.bytes() / BYTES_A_MILLI;
    }

    /** One copy of each way, all or, where the cell cannot be made, none. */
    private List<CopyRun> round(CopyCell cell, int round, Random random, CopyScratch scratch)
            throws IOException, InterruptedException {
        List<CopyRun> taken = new ArrayList<>();
        if (cell.cache() == Cache.WARM && !scratch.isSourceWarm()) {
            notes.add(Sizes.compact(cell.bytes()) + ", warm source: not all of its pages stayed in the page cache");
        }
        List<CopyStrategy> order = new ArrayList<>(correct);
        Collections.shuffle(order, random);
        for (CopyStrategy strategy : order) {
            unlessInterrupted();
            if (cell.destination() == Destination.OVERWRITTEN && !strategy.overwrites()) {
                continue;
            }
            try {
                strategy.method().copy(scratch.source(), scratch.destination(), false);
                if (!prepared(cell, scratch)) {
                    return List.of();
                }
                CopyMeasure measure = strategy.method().copy(scratch.source(), scratch.destination(), cell.synced());
                taken.add(new CopyRun(cell, strategy.id(), round, measure));
            } catch (IOException e) {
                unlessInterrupted();
                notes.add(strategy.title() + ", " + Sizes.compact(cell.bytes()) + ", " + cell.circumstances() + ": "
                        + e.getMessage());
            }
        }
        return taken;
    }

    private boolean prepared(CopyCell cell, CopyScratch scratch) throws IOException, InterruptedException {
        if (cell.destination() == Destination.NEW) {
            scratch.removeDestination();
        } else {
            scratch.settle(scratch.destination());
        }
        if (cell.cache() == Cache.COLD) {
            Optional<String> warm = scratch.evictSource(plan.dropCaches());
            if (warm.isPresent()) {
                unmeasured.put(cell, warm.get());
                return false;
            }
        }
        return true;
    }
}
