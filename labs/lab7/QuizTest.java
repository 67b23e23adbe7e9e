package lab7;

import org.brkmap.evidence.ExerciseKind;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Exercise;
import org.brkmap.lab.Lab;
import org.brkmap.lab.Quiz;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Lab("lab7")
@Order(3)
@DisplayName("Choose")
class QuizTest {
    @Test
    @Order(1)
    @DisplayName("memdump is killed in the middle")
    @Exercise(
            id = "killed",
            kind = ExerciseKind.QUIZ,
            points = 5,
            hints = {
                "Whom does a stop by SIGSTOP belong to? Does the kernel note who sent it?",
                "Try it: stop a process with kill -STOP in one shell, end that shell, and look at the state with ps.",
                "Only SIGCONT continues it. A tracer is another matter: it is noted, and its end sets its tracees free."
            },
            explanation =
                    "A handler covers what can be handled, and SIGKILL cannot. Who needs more attaches by ptrace: the kernel knows"
                            + " a tracer, and lets its tracees go on when it ends.")
    void memdumpIsKilled(Bench bench) {
        bench.quiz(Quiz.of(
                        "memdump has stopped a process by SIGSTOP, and is ended by SIGKILL before it lets go. What becomes of that"
                                + " process?",
                        "a6470a39a9c2")
                .choice(
                        "the kernel lets it go on when memdump has ended",
                        "so it is with a tracer (ptrace); a plain SIGSTOP has no owner.")
                .choice(
                        "it stays stopped until somebody sends SIGCONT",
                        "the kernel does not note who stopped it, or why.")
                .choice("it is ended, too", "it is no child of memdump's; nothing ties the two.")
                .choice(
                        "it goes on by itself after a while",
                        "no timer is set; stopped processes have been found days later."));
    }
}
