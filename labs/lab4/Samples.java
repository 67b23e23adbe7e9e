package lab4;

import java.util.Objects;
import org.brkmap.analyse.Analysis;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Recipe;
import org.brkmap.model.Ending;

/** Runs of programs that are not the student's. */
final class Samples {
    static final String OUT = Inputs.FOLDER + "out.dat";

    private Samples() {}

    /** mmap_copy of this file. */
    static Recipe mapping(String name, String source) {
        return Recipe.of(name, "sample-c/mmap_copy/mmap_copy.c").arguments(source, OUT);
    }

    /** read_write_copy of this file. */
    static Recipe buffering(String name, String source) {
        return Recipe.of(name, "sample-c/read_write_copy/read_write_copy.c").arguments(source, OUT);
    }

    /** What reading one byte of a mapping comes to: {@code reads}, {@code SIGBUS} or {@code SIGSEGV}. */
    static String touch(Bench bench, long bytes, long pages, long offset) {
        Ending ending = beyond(bench, bytes, pages, offset).observation().ending();
        return ending.isSuccess() ? "reads" : Objects.requireNonNullElse(ending.signal(), ending.describe());
    }

    static Analysis beyond(Bench bench, long bytes, long pages, long offset) {
        String file = Inputs.letters(bench, "beyond-" + bytes + ".dat", (int) bytes);
        return bench.observe(
                Recipe.of("beyond: " + bytes + " bytes, " + pages + " pages, offset " + offset, "labs/lab4/beyond.c")
                        .arguments(file, pages, offset)
                        .withAnyEnding());
    }
}
