package lab5;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.brkmap.analyse.Analysis;
import org.brkmap.evidence.ExerciseKind;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Exercise;
import org.brkmap.lab.Lab;
import org.brkmap.lab.Question;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Lab("lab5")
@Order(1)
@DisplayName("Five programs: who leaks?")
class GrowthTest {
    @Test
    @Order(1)
    @DisplayName("Eight rounds of each, and how their regions grow")
    @Exercise(id = "growth", kind = ExerciseKind.OBSERVE, points = 4)
    void howTheirRegionsGrow(Bench bench) {
        Map<String, Analysis> runs = runs(bench);
        bench.needsGlibc(runs.values().iterator().next());
        List<String> growths = new ArrayList<>();
        runs.values().forEach(run -> growths.add(Suspects.growth(run)));
        assertThat(growths).as("how the five grow").contains("heap", "mappings", "plateau", "none");
        runs.forEach((name, run) -> {
            bench.fact("program " + name + ": heap in KiB, start to round 8", Suspects.heapByRound(run));
            bench.fact("program " + name + ": mapped in KiB, start to round 8", Suspects.mappedByRound(run));
            Suspects.handOut(bench, name);
        });
        bench.found(
                "what grew stands in %s; the programs are target/lab5/a to e",
                bench.sheet("growth", Suspects.table(runs)));
    }

    @Test
    @Order(2)
    @DisplayName("State a hypothesis: what do the regions say?")
    @Exercise(
            id = "hypothesis",
            kind = ExerciseKind.IDENTIFY,
            points = 10,
            parts = {"a", "b", "c", "d", "e"},
            hints = {
                "Look at the last rounds, not at the first: which lines still grow in round 8?",
                "A line that grew and then stays the same is a plateau; one that never grew after round 1 is none.",
                "heap: the row heap is longer in each round. mappings: the row mapped is. Two programs say heap."
            },
            explanation =
                    "Growth that does not stop is a suspicion, and where it grows says which blocks to suspect: small ones in "
                            + "the heap, large ones in mappings. Whether they are lost, kept, or only badly placed the kernel does not know.")
    void whatTheRegionsSay(Bench bench) {
        Map<String, Analysis> runs = runs(bench);
        String sheet = bench.sheet("growth", Suspects.table(runs));
        Map<String, Question> questions = new LinkedHashMap<>();
        runs.forEach((name, run) -> questions.put(
                name,
                Question.choice(
                        () -> Suspects.growth(run),
                        Suspects.GROWTHS,
                        "%s: where does program %s grow without end, or else, does it grow to a plateau, or not at all?",
                        sheet,
                        name)));
        bench.identify(questions);
        bench.found("five hypotheses");
    }

    @Test
    @Order(3)
    @DisplayName("Decide it, with mallinfo2 and valgrind")
    @Exercise(
            id = "verdict",
            kind = ExerciseKind.IDENTIFY,
            points = 10,
            parts = {"a", "b", "c", "d", "e"},
            after = {"hypothesis"},
            hints = {
                "What the regions cannot tell apart malloc can: is more in use in each round (uordblks), or more free (fordblks)?",
                "target/lab5/a mallinfo prints it at each round. valgrind --leak-check=full target/lab5/a tells what is lost.",
                "uordblks grows: a leak in the heap. hblkhd grows: a leak of mappings. fordblks grows, and uordblks does not: "
                        + "fragmentation. uordblks stops growing: a cache."
            },
            explanation =
                    "A leak is in use for ever and reached by nobody; a cache is in use and reached; fragmentation is not in use "
                            + "at all: free memory between blocks in use, in holes too short for what is asked for.")
    void whatTheyAre(Bench bench) {
        Map<String, Question> questions = new LinkedHashMap<>();
        for (String name : Suspects.NAMES) {
            questions.put(
                    name,
                    Question.choice(() -> Suspects.kind(bench, name), Suspects.KINDS, "what is target/lab5/%s?", name));
        }
        bench.identify(questions);
        bench.found("five verdicts");
    }

    private static Map<String, Analysis> runs(Bench bench) {
        Map<String, Analysis> runs = new LinkedHashMap<>();
        Suspects.NAMES.forEach(name -> runs.put(name, bench.observe(Suspects.shown(bench, name))));
        return runs;
    }
}
