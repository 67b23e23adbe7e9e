package org.brkmap.grade;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.brkmap.evidence.CheckResult;
import org.brkmap.evidence.ExerciseResult;
import org.brkmap.evidence.LabDocument;
import org.brkmap.lab.LabRunner;

/** A lab of a few exercises in a project of its own, done for real: its programs are built and observed here. */
final class SmallLab {
    private static final String TAKE = """
            #include <stdlib.h>
            int main(int argc, char **argv) {
                char *volatile p = malloc(strtoul(argv[argc - 1], NULL, 10));
                free(p);
                return p == NULL;
            }
            """;
    private static final String EDIT = """
            #include <stdlib.h>
            #define SIZE %s
            int main(void) {
                char *volatile p = malloc(SIZE);
                free(p);
                return p == NULL;
            }
            """;
    private static final String CHECKS = """
            package lab9;

            import static org.assertj.core.api.Assertions.assertThat;
            import static org.brkmap.check.MemoryAssertions.assertThat;

            import org.brkmap.analyse.Analysis;
            import org.brkmap.evidence.ExerciseKind;
            import org.brkmap.lab.Bench;
            import org.brkmap.lab.Exercise;
            import org.brkmap.lab.Lab;
            import org.brkmap.lab.Question;
            import org.brkmap.lab.Quiz;
            import org.brkmap.lab.Recipe;
            import org.junit.jupiter.api.DisplayName;
            import org.junit.jupiter.api.Order;
            import org.junit.jupiter.api.Test;

            @Lab("lab9")
            @DisplayName("A block")
            class BlockTest {
                @Test
                @Order(1)
                @DisplayName("How long is the mapping?")
                @Exercise(id = "length", kind = ExerciseKind.PREDICT, points = 10, hints = {"a", "b", "c"})
                void length(Bench bench) {
                    bench.predict(draw -> {
                        long size = 4096 * draw.between(100, 200) - draw.between(0, 40);
                        return Question.number(
                                () -> mapped(bench.observe(Recipe.of("take " + size, "labs/lab9/take.c").arguments(size))),
                                "malloc(%d): how many bytes?", size);
                    });
                }

                private static long mapped(Analysis run) {
                    return run.observation().events().stream()
                            .filter(event -> event.call().equals("mmap") && event.cause() != null
                                    && event.cause().operation().equals("malloc"))
                            .mapToLong(event -> event.arg(1))
                            .findFirst()
                            .orElseThrow(() -> new AssertionError("nothing was mapped"));
                }

                @Test
                @Order(2)
                @DisplayName("Who maps it?")
                @Exercise(id = "who", kind = ExerciseKind.QUIZ, points = 4, hints = {"a", "b", "c"})
                void who(Bench bench) {
                    bench.quiz(Quiz.of("Who maps it?", Quiz.key("lab9", "who", "b"))
                            .choice("the compiler", "no")
                            .choice("malloc", "yes")
                            .choice("main", "no"));
                }

                @Test
                @Order(3)
                @DisplayName("Make it large")
                @Exercise(id = "large", kind = ExerciseKind.MODIFY, points = 6, hints = {"a", "b", "c"})
                void large(Bench bench) {
                    bench.edited("labs/lab9/edit.c", "make SIZE so large that it is mapped");
                    Analysis run = bench.observe(Recipe.of("edit, as you changed it", "labs/lab9/edit.c"));
                    bench.fact("mapped", mapped(run));
                    assertThat(mapped(run)).as("bytes mapped").isGreaterThan(1 << 20);
                }

                @Test
                @Order(4)
                @DisplayName("All calls are seen")
                void replays(Bench bench) {
                    Analysis run = bench.observe(Recipe.of("take 300000", "labs/lab9/take.c").arguments(300000));
                    assertThat(run).replaysExactly();
                }
            }
            """;

    private final Path root;

    private SmallLab(Path root) {
        this.root = root;
    }

    static SmallLab in(Path root) throws IOException {
        SmallLab lab = new SmallLab(root);
        lab.write("pom.xml", "<project/>");
        lab.write("labs/lab9/README.md", "# Lab 9: a block\n");
        lab.write("labs/lab9/BlockTest.java", CHECKS);
        lab.write("labs/lab9/take.c", TAKE);
        lab.write("labs/lab9/starter/edit.c", EDIT.formatted("100"));
        lab.write("labs/lab9/starter/answers.properties", "seed =\nlength =\nwho =\n");
        return lab;
    }

    Path root() {
        return root;
    }

    /** A report with these answers and this size in edit.c; LENGTH stands for what is right. */
    LabDocument done(int seed, String size, String length, String who) throws IOException {
        write("labs/lab9/edit.c", EDIT.formatted(size));
        Files.deleteIfExists(root.resolve(".brkmap/lab9.properties"));
        write("labs/lab9/answers.properties", "seed = " + seed + "\nlength =\nwho =\n");
        String right = "0";
        for (CheckResult check : run().checks()) {
            ExerciseResult exercise = check.exercise();
            if (check.id().equals("length") && exercise != null) {
                right = Long.toString(mapped(String.valueOf(exercise.question())));
            }
        }
        write(
                "labs/lab9/answers.properties",
                "seed = " + seed + "\nlength = " + length.replace("LENGTH", right) + "\nwho = " + who + "\n");
        return run();
    }

    /** What glibc maps for a request: the block, two words, in whole pages. */
    private static long mapped(String question) {
        Matcher size = Pattern.compile("malloc\\((\\d+)\\)").matcher(question);
        if (!size.find()) {
            throw new AssertionError(question);
        }
        long chunk = (Long.parseLong(size.group(1)) + 8 + 15) / 16 * 16;
        return (chunk + 8 + 4095) / 4096 * 4096;
    }

    private LabDocument run() throws IOException {
        return LabRunner.in(root)
                .run("lab9", new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    }

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
