package lab2;

import org.brkmap.evidence.ExerciseKind;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Exercise;
import org.brkmap.lab.Lab;
import org.brkmap.lab.Quiz;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Lab("lab2")
@Order(3)
@DisplayName("Choose")
class QuizTest {
    @Test
    @Order(1)
    @DisplayName("Nine of ten blocks are freed: what happens to the heap?")
    @Exercise(
            id = "pinned",
            kind = ExerciseKind.QUIZ,
            points = 5,
            hints = {
                "The heap is one range, from where it starts to the program break.",
                "Only one end of it can move.",
                "The block that is still in use lies between the free room and that end."
            },
            explanation =
                    "One small block at the wrong place can keep megabytes of free memory: that is fragmentation.")
    void nineOfTenFreed(Bench bench) {
        bench.quiz(
                Quiz.of(
                                "A program takes ten blocks of 32 KiB with malloc, and frees the first nine of them. "
                                        + "What does the kernel get back?",
                                "63f0ee54825d")
                        .choice(
                                "nine blocks: they are free, so the heap shrinks by 288 KiB",
                                "the break can only move down to the end of the last block in use, and that is the tenth.")
                        .choice(
                                "nothing: the tenth block is in use, and lies at the end of the heap",
                                "the heap ends at the break, and everything below the last block in use stays mapped.")
                        .choice(
                                "nine blocks: free unmaps them, and the heap has a hole",
                                "only blocks with a mapping of their own are unmapped; free makes no holes in the heap. "
                                        + "malloc_trim(3) can empty the pages of a hole, but the row stays.")
                        .choice(
                                "nothing, ever: memory of the heap stays until the program ends",
                                "it goes back as soon as enough is free at the end: free the tenth as well, and the heap shrinks."));
    }
}
