package org.brkmap.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.brkmap.analyse.Analysis;
import org.brkmap.model.Change;
import org.brkmap.model.CheckpointKind;
import org.brkmap.model.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * What a reader should see first of a run: the way from the program's first stop to its fullest, and what came after it.
 *
 * @param rise from the first stop to the last one at which most was mapped; where nothing was gained, to the end
 * @param rest from there to the end, or null if nothing happened there
 */
record Story(Step rise, @Nullable Step rest) {

    /**
     * The story of the process whose layout changed most; of those that changed none, the first process: which pages come into
     * memory differs from run to run. Null if no process was seen twice.
     */
    static @Nullable Story of(Analysis analysis, List<Step> steps) {
        List<Step> best = List.of();
        for (List<Step> life : lives(steps)) {
            if (best.isEmpty() || isMore(life, best, steps.get(0).after().pid())) {
                best = life;
            }
        }
        if (best.isEmpty()) {
            return null;
        }
        List<Step> own = best.stream().filter(step -> !step.isStart()).toList();
        if (own.isEmpty()) {
            return new Story(best.get(0), null);
        }
        int peak = peak(own);
        Step rise = joined(own.subList(0, peak + 1), analysis);
        List<Step> after = own.subList(peak + 1, own.size());
        boolean quiet = after.stream().noneMatch(Step::isStructural);
        return new Story(rise, quiet ? null : joined(after, analysis));
    }

    /** The steps of each process, parted where it executed another program. */
    private static List<List<Step>> lives(List<Step> steps) {
        Map<Integer, List<Step>> open = new HashMap<>();
        List<List<Step>> lives = new ArrayList<>();
        for (Step step : steps) {
            if (step.after().kind() == CheckpointKind.EXEC) {
                open.remove(step.after().pid());
                continue;
            }
            open.computeIfAbsent(step.after().pid(), pid -> {
                        List<Step> life = new ArrayList<>();
                        lives.add(life);
                        return life;
                    })
                    .add(step);
        }
        return lives;
    }

    private static boolean isMore(List<Step> life, List<Step> best, int first) {
        long more = sum(life, Step::weight) - sum(best, Step::weight);
        boolean both = (pid(life) == first) == (pid(best) == first);
        return more != 0 ? more > 0 : both && sum(life, Step::pages) > sum(best, Step::pages);
    }

    private static int pid(List<Step> life) {
        return life.get(0).after().pid();
    }

    private static long sum(List<Step> life, ToLongFunction<Step> what) {
        return life.stream().mapToLong(what).sum();
    }

    private static int peak(List<Step> steps) {
        long most = virtual(steps.get(0).before());
        int peak = steps.size() - 1;
        for (int i = 0; i < steps.size(); i++) {
            long here = virtual(steps.get(i).after());
            if (here > most || (here == most && peak == i - 1)) {
                most = here;
                peak = i;
            }
        }
        return peak;
    }

    private static long virtual(Snapshot snapshot) {
        return snapshot.totals().virtual();
    }

    private static Step joined(List<Step> steps, Analysis analysis) {
        Step first = steps.get(0);
        Step last = steps.get(steps.size() - 1);
        if (steps.size() == 1) {
            return first;
        }
        List<Change> all =
                steps.stream().flatMap(step -> step.changes().stream()).toList();
        List<Change> net = Net.of(first.before(), last.after(), all);
        return Step.between(first.before(), last.after(), net, analysis.observation());
    }
}
