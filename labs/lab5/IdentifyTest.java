package lab5;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.brkmap.evidence.ExerciseKind;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Exercise;
import org.brkmap.lab.Lab;
import org.brkmap.lab.Question;
import org.brkmap.lab.Recipe;
import org.brkmap.toolchain.ValgrindFinding;
import org.brkmap.toolchain.ValgrindReport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Lab("lab5")
@Order(3)
@DisplayName("Identify: what valgrind calls it")
class IdentifyTest {
    private static final List<String> WORDS = List.of("definite", "indirect", "possible", "reachable", "nothing");
    private static final List<String> PARTS = List.of("list", "inside", "behind", "written", "mapped");

    @Test
    @Order(1)
    @DisplayName("Five blocks that nobody frees")
    @Exercise(
            id = "kinds",
            kind = ExerciseKind.IDENTIFY,
            points = 10,
            parts = {"list", "inside", "behind", "written", "mapped"},
            hints = {
                "valgrind looks for pointers: in static variables, stacks and registers first, and then in the blocks it found so.",
                "Ask of each: is there a pointer to its start? to its middle? and does that pointer lie in a block that is lost itself?",
                "To its start, from what is not lost: reachable. From a lost block: indirect. To its middle: possible. None: definite. "
                        + "What malloc did not give out is not looked at."
            },
            explanation =
                    "Definite: no pointer is left. Indirect: only lost blocks point to it, so mending the definite one mends it. "
                            + "Possible: only pointers into its middle. Reachable: somebody could still free it. "
                            + "valgrind knows blocks of malloc only; what mmap gave the kernel alone tells of.")
    void fiveBlocks(Bench bench) {
        ValgrindReport[] seen = new ValgrindReport[1];
        Supplier<ValgrindReport> report = () -> {
            ValgrindReport known = seen[0];
            if (known == null) {
                known = Memcheck.of(bench, Recipe.of("kinds: blocks that nobody frees", "labs/lab5/kinds.c"));
                seen[0] = known;
            }
            return known;
        };
        Map<String, Question> questions = new LinkedHashMap<>();
        for (String part : PARTS) {
            questions.put(
                    part,
                    Question.choice(
                            () -> kind(report.get(), part),
                            WORDS,
                            "what does valgrind say of %s in labs/lab5/kinds.c?",
                            part.equals("list") ? "the other nine nodes of list" : part));
        }
        bench.identify(questions);
        bench.found("five kinds, as valgrind tells them, from user space");
    }

    /** What the group of blocks is called that a function of this name took; of a chain, the nodes behind the first. */
    private static String kind(ValgrindReport report, String function) {
        List<ValgrindFinding> found = report.findings().stream()
                .filter(finding -> finding.isLeak() && finding.passes(function))
                .toList();
        return found.stream()
                .filter(finding -> found.size() == 1 || finding.kind().equals(ValgrindFinding.INDIRECT))
                .map(finding -> word(finding.kind()))
                .findFirst()
                .orElse("nothing");
    }

    private static String word(String kind) {
        return switch (kind) {
            case ValgrindFinding.DEFINITE -> "definite";
            case ValgrindFinding.INDIRECT -> "indirect";
            case ValgrindFinding.POSSIBLE -> "possible";
            case ValgrindFinding.REACHABLE -> "reachable";
            default -> throw new AssertionError("valgrind has another kind: " + kind);
        };
    }
}
