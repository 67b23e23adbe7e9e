package lab1;

import org.brkmap.evidence.ExerciseKind;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Exercise;
import org.brkmap.lab.Lab;
import org.brkmap.lab.Quiz;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Lab("lab1")
@Order(3)
@DisplayName("And why?")
class QuizTest {
    @Test
    @Order(1)
    @Exercise(
            id = "quiz-pmap",
            kind = ExerciseKind.QUIZ,
            points = 4,
            hints = {
                "Compare the rows that the two tools add up, from the bottom of the map.",
                "One row is at the same address in every process.",
                "Half of all addresses are the kernel's. Which row lies there?"
            },
            explanation =
                    "VmSize and VSZ are what the process has mapped. [vsyscall] is a page of the kernel's that maps shows "
                            + "as a courtesy.")
    @DisplayName("Why does pmap say 4 KiB more than ps?")
    void whyPmapSaysMore(Bench bench) {
        bench.quiz(Quiz.of("Of the same process, pmap's total is 4 KiB more than the VSZ of ps. Why?", "28bacc422684")
                .choice("pmap rounds each row up to a page", "rows are whole pages, so there is nothing to round")
                .choice(
                        "the stack grew in between",
                        "a program that waits does not touch its stack, and both say so again")
                .choice(
                        "pmap adds up all rows, also one that is not the process's own",
                        "[vsyscall] lies in the kernel's half of the addresses, and VSZ leaves it out")
                .choice(
                        "ps leaves out the guard page below the stack",
                        "the guard gap is not mapped: neither shows it"));
    }

    @Test
    @Order(2)
    @Exercise(
            id = "quiz-heap",
            kind = ExerciseKind.QUIZ,
            points = 5,
            hints = {
                "The kernel knows nothing of malloc. What does it know?",
                "brk(2) moves the end of something. Where does it begin?",
                "proc_pid_stat(5) has a field start_brk. Compare it with the rows."
            },
            explanation =
                    "The label is made while the row is printed, by comparing addresses. So memory of malloc may lie in "
                            + "rows without it, and .bss may lie in a row that bears it, where nothing separates the two.")
    @DisplayName("When is a row called [heap]?")
    void whenARowIsCalledHeap(Bench bench) {
        bench.quiz(Quiz.of("What makes the kernel print [heap] beside a row?", "ba19aa294130")
                .choice("malloc registers its memory", "the kernel is asked for pages, and never told what for")
                .choice(
                        "the row touches the range from start_brk to the program break",
                        "these two addresses are all that a heap is to the kernel")
                .choice(
                        "it is the first row without a file behind the program",
                        "that may be .bss; and a static-pie has its heap before itself")
                .choice("the row is writable and anonymous", "so are .bss, stacks, and every large block of malloc"));
    }
}
