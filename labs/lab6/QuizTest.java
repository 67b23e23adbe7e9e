package lab6;

import org.brkmap.evidence.ExerciseKind;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Exercise;
import org.brkmap.lab.Lab;
import org.brkmap.lab.Quiz;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Lab("lab6")
@Order(3)
@DisplayName("Choose")
class QuizTest {
    @Test
    @Order(1)
    @DisplayName("A segment is removed while it is in use")
    @Exercise(
            id = "removed",
            kind = ExerciseKind.QUIZ,
            points = 6,
            hints = {
                "A file can be unlinked while it is open. What happens to its blocks?",
                "The segment is a file, too, of tmpfs; the number is its name.",
                "Only the name is affected at first. ipcs shows the state as dest."
            },
            explanation =
                    "So one can mark a segment for removal right after attaching it: it then lives as long as somebody "
                            + "has it attached, and cannot be left behind.")
    void aSegmentIsRemovedWhileInUse(Bench bench) {
        bench.quiz(Quiz.of(
                        "Two processes have a System V segment attached. One of them calls shmctl(IPC_RMID). What happens?",
                        "aa779e2c8c5d")
                .choice(
                        "it is gone at once: the other's next touch is SIGSEGV",
                        "mappings stay what they are; the pages are kept as long as somebody maps them.")
                .choice(
                        "nothing yet: it goes when the last of the two has detached",
                        "it is only marked, and its key is taken away, so that nobody finds it by that.")
                .choice(
                        "it is unmapped from the caller, and stays for the other",
                        "detaching is shmdt; IPC_RMID does not touch anybody's mappings.")
                .choice(
                        "an error, EBUSY: somebody else has it attached",
                        "removing is allowed at any time to its owner."));
    }
}
