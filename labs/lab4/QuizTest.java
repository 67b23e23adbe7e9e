package lab4;

import org.brkmap.evidence.ExerciseKind;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Exercise;
import org.brkmap.lab.Lab;
import org.brkmap.lab.Quiz;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Lab("lab4")
@Order(3)
@DisplayName("Choose")
class QuizTest {
    @Test
    @Order(1)
    @DisplayName("The second copy is much faster than the first: why?")
    @Exercise(
            id = "second-run",
            kind = ExerciseKind.QUIZ,
            points = 4,
            hints = {
                "Between the two runs nothing of the process remains. Who else has the data?",
                "free(1) shows a column buff/cache. Look at it before and after.",
                "The kernel keeps in memory what was read from files, until it needs the room."
            },
            explanation =
                    "The page cache belongs to the kernel, and outlives processes: a first run is cold and waits for the "
                            + "disk, a second is warm. Whoever compares programs must say which, and make it so for all of them. Emptying the "
                            + "whole cache by /proc/sys/vm/drop_caches is for root outside of containers, where that file is read-only; "
                            + "posix_fadvise empties it of one file, for its owner.")
    void whyTheSecondRunIsFaster(Bench bench) {
        bench.quiz(Quiz.of(
                        "A program copies a large file. You run it again at once, and it takes a third of the time. Why?",
                        "2ac44490e108")
                .choice(
                        "the program keeps the data in its heap until the second run",
                        "all memory of a process goes when it ends.")
                .choice(
                        "the source is in the page cache, where the first run has left it",
                        "pages of files stay in memory when nobody uses them; the kernel drops them when it needs room.")
                .choice(
                        "the second run finds the destination, and copies only what is different",
                        "neither read and write nor a mapping compare anything.")
                .choice(
                        "the disk has found the file by now, and stays near it",
                        "disks without moving parts show the same, and no disk is asked at all."));
    }
}
