package lab8;

import org.brkmap.evidence.ExerciseKind;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Exercise;
import org.brkmap.lab.Lab;
import org.brkmap.lab.Quiz;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Lab("lab8")
@Order(3)
@DisplayName("Choose")
class QuizTest {
    @Test
    @Order(1)
    @DisplayName("What is left of a local?")
    @Exercise(
            id = "dangling",
            kind = ExerciseKind.QUIZ,
            points = 6,
            hints = {
                "Returning moves the stack pointer up. What else does it do?",
                "The row stays, and its pages stay in memory. Who writes to them next?",
                "The next call takes the same place for its own frame."
            },
            explanation = "That is why such a bug hides: the value is right until somebody adds a printf. "
                    + "What shall outlive its function belongs into the heap, into static memory, or to the caller.")
    void whatIsLeftOfALocal(Bench bench) {
        bench.quiz(
                Quiz.of(
                                "A function returns the address of its local array. What does its caller find there?",
                                "edd42b3f4f8d")
                        .choice(
                                "always a crash: the row of the stack has shrunk",
                                "the row never shrinks, so the address stays mapped, and a touch is no fault.")
                        .choice(
                                "always zeros: the kernel wipes what a function leaves",
                                "the kernel does not hear of calls and returns; it gives out zeroed pages once, at the first touch.")
                        .choice(
                                "what was in the array, until a later call writes over it",
                                "below the stack pointer nothing changes, before a call or a signal handler uses the place again.")
                        .choice(
                                "what was in the array, for as long as the program runs",
                                "the place belongs to whoever is called next, and may be written by a signal handler before that."));
    }
}
