package lab3;

import static org.assertj.core.api.Assertions.assertThat;

import org.brkmap.analyse.Analysis;
import org.brkmap.check.Wording;
import org.brkmap.evidence.ExerciseKind;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Exercise;
import org.brkmap.lab.Lab;
import org.brkmap.lab.Quiz;
import org.brkmap.lab.Recipe;
import org.brkmap.lab.ShownAfter;
import org.brkmap.lab.Space;
import org.brkmap.model.Role;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Lab("lab3")
@Order(3)
@DisplayName("Choose")
class QuizTest {
    private static final String DEEP = "labs/lab3/deep.c";

    @Test
    @Order(1)
    @DisplayName("A deep recursion and a shallow one: does the order matter?")
    @Exercise(
            id = "after-deep",
            kind = ExerciseKind.QUIZ,
            points = 4,
            hints = {
                "When the deep recursion has returned, who takes its pages back?",
                "The second recursion begins where the first one began: main has not moved.",
                "What counts is the lowest address that was ever touched."
            },
            explanation =
                    "The kernel sees touches, not calls: the row reaches down to the lowest page ever touched, and stays. "
                            + "Frames of the next call take the same addresses again.")
    void doesTheOrderMatter(Bench bench) {
        bench.quiz(Quiz.of(
                        "A program calls alloc_stack to a depth of 400, lets it return, and calls it to a depth of 10. "
                                + "Another does it the other way round, a third calls it to 400 twice. "
                                + "How long are their stacks' rows at the end?",
                        "2bbb3f417ae7")
                .choice(
                        "the first is the shortest: it has shrunk to what the last call needed",
                        "no return of a function makes the row shorter; the kernel does not even notice it.")
                .choice(
                        "the third is the longest: it has 800 frames behind it",
                        "the second 400 frames lie where the first 400 lay.")
                .choice(
                        "all three are the same, give or take a page",
                        "each has touched the same lowest page, and that is all that counts.")
                .choice(
                        "the second is longer than the first: its small frames lie above the large ones",
                        "both recursions begin at the frame of main, in whatever order."));
    }

    @Test
    @Order(2)
    @DisplayName("What alloc_stack leaves, in three orders")
    @ShownAfter("after-deep")
    void whatCountsIsTheDeepest(Bench bench) {
        long deepFirst = gained(bench, "400", "010");
        long deepLast = gained(bench, "010", "400");
        long twice = gained(bench, "400", "400");
        long page = Area.pageSize(bench.observe(recipe("400", "010")));
        assertThat(deepFirst).as("bytes that the stack gains").isGreaterThan(400 * 2048 / 2);
        // The kernel begins the stack at an address of its own in each run, which need not be a page's.
        assertThat(deepLast).as("10 and 400 against 400 and 10").isBetween(deepFirst - 2 * page, deepFirst + 2 * page);
        assertThat(twice).as("400 twice against 400 and 10").isBetween(deepFirst - 2 * page, deepFirst + 2 * page);
        bench.found("%s, %s, %s", Wording.bytes(deepFirst), Wording.bytes(deepLast), Wording.bytes(twice));
    }

    private static long gained(Bench bench, String first, String second) {
        Analysis run = bench.observe(recipe(first, second));
        long after = Space.all(run, "after").stream()
                .mapToLong(snapshot -> Space.bytes(snapshot, Role.STACK))
                .max()
                .orElse(0);
        long last = Space.bytes(Space.all(run, "after").get(1), Role.STACK);
        assertThat(last).as("the stack at the end, and at its longest").isEqualTo(after);
        return last - Space.bytes(Space.at(run, "start"), Role.STACK);
    }

    private static Recipe recipe(String first, String second) {
        return Recipe.of("deep: " + Long.parseLong(first) + " calls, then " + Long.parseLong(second), DEEP)
                .arguments(4096, first, second);
    }

    @Test
    @Order(3)
    @DisplayName("Two files that define one array: the linker refuses, or with -fcommon takes the longer one")
    void tentativeDefinitions(Bench bench) {
        Recipe merged = Recipe.of("two files, one array", "labs/lab3/merged_one.c")
                .with("labs/lab3/merged_two.c")
                .define("ONE", 1000)
                .define("TWO", 300_000);
        Recipe common = merged.named("two files, one array, -fcommon").flags("-fcommon");
        Analysis run = bench.observe(common);
        InFile file = InFile.of(bench.build(common).executable(), Area.pageSize(run));
        assertThat(file.symbol("shared").size())
                .as("bytes of the array in the program")
                .isEqualTo(300_000);
        boolean linked = links(bench, merged.flags("-fno-common"));
        assertThat(linked).as("whether the two files link with -fno-common").isFalse();
        bench.found("-fno-common: refused; -fcommon: %s", Wording.bytes(300_000));
    }

    private static boolean links(Bench bench, Recipe recipe) {
        try {
            bench.build(recipe);
            return true;
        } catch (AssertionError refused) {
            return false;
        }
    }
}
