package lab5;

import org.brkmap.evidence.ExerciseKind;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Exercise;
import org.brkmap.lab.Lab;
import org.brkmap.lab.Quiz;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Lab("lab5")
@Order(4)
@DisplayName("Choose")
class QuizTest {
    @Test
    @Order(1)
    @DisplayName("What malloc_stats says")
    @Exercise(
            id = "stats",
            kind = ExerciseKind.QUIZ,
            points = 4,
            hints = {
                "system bytes: what malloc has from the kernel. in use bytes: what the program has from malloc.",
                "What is the difference between the two, and who could use it?",
                "A leak is in use for ever, and so is a cache."
            },
            explanation =
                    "system less in use is free memory that malloc holds. While it grows although nothing more is in use, "
                            + "it is of no use to the requests that come: it lies in holes that are too short. malloc_info tells their sizes.")
    void whatMallocStatsSays(Bench bench) {
        bench.quiz(Quiz.of(
                        "malloc_stats says at the end of a long run: system bytes = 9437184, in use bytes = 1048576. "
                                + "And [heap] is 9216 KiB long. Round after round the first number grows, and the second does not. "
                                + "What is it?",
                        "a5d66baf983b")
                .choice(
                        "a leak of eight megabytes in the heap",
                        "lost blocks count as in use, for malloc does not know that nobody has their address.")
                .choice(
                        "fragmentation: eight megabytes are free, and no hole is long enough",
                        "they are malloc's, not the program's, and yet the heap had to grow.")
                .choice(
                        "a cache of eight megabytes, which malloc keeps for the program",
                        "what malloc keeps ready for small requests is a few kilobytes, and it does not grow.")
                .choice(
                        "a leak of mappings, which malloc_stats does not count",
                        "it counts them, under Total; and these megabytes lie in the heap, as its length says."));
    }
}
