package lab7;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Recipe;
import org.brkmap.libc.Signal;

/** The student's memdump: how it is run, and what came of it. */
final class Memdump {
    static final String SOURCE = "labs/lab7/memdump.c";

    private static final int SIGSYS = 31;

    private final Bench bench;
    private final Path program;

    Memdump(Bench bench, Recipe recipe) {
        this.bench = bench;
        program = bench.build(recipe).executable();
    }

    Memdump(Bench bench) {
        this(bench, Recipe.of("memdump, as you wrote it", SOURCE));
    }

    /** The path of a dump that does not exist yet, relative to the project. */
    String none(String name) {
        try {
            Files.createDirectories(bench.file(Ground.FOLDER));
            Files.deleteIfExists(bench.file(Ground.FOLDER + name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Ground.FOLDER + name;
    }

    /** Starts it on a ground's target, with what follows the target's number. */
    void start(Ground ground, String... arguments) {
        List<String> command = new ArrayList<>(List.of(program.toString(), ground.pid()));
        command.addAll(Arrays.asList(arguments));
        ground.start(command);
    }

    /** Runs it on a ground's target to its end. */
    Ground.Ended on(Ground ground, String... arguments) {
        start(ground, arguments);
        return end(ground, "[" + String.join(" ", arguments) + "]");
    }

    /** Runs it with these words alone. */
    Ground.Ended raw(Ground ground, String... arguments) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(Arrays.asList(arguments));
        ground.start(command);
        return end(ground, String.join(" ", arguments));
    }

    private static Ground.Ended end(Ground ground, String what) {
        Ground.Ended ended = ground.end();
        assertThat(ended.status())
                .as("memdump %s did not end within 10 seconds, and was killed; its end", what)
                .isNotNull();
        assertThat(ended.status())
                .as(
                        "memdump %s called kill(2) with 0 or a negative number, which reaches a whole group or everything"
                                + " of yours; it was ended before it did. The signal that ended it (minus)",
                        what)
                .isNotEqualTo(-SIGSYS);
        return ended;
    }

    /** What it wrote to a dump, which must be there. */
    byte[] bytes(String dump) {
        Path path = bench.file(dump);
        assertThat(path).as("the dump").isRegularFile();
        try {
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The length of a dump, 0 if there is none. */
    long length(String dump) {
        try {
            return Files.exists(bench.file(dump)) ? Files.size(bench.file(dump)) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The dump has these bytes, and no others. */
    void holds(String dump, byte[] truth, Target target, String what) {
        byte[] found = bytes(dump);
        if (Arrays.equals(found, truth)) {
            return;
        }
        String is = target.whatIs(found);
        assertThat(found.length).as("length of the dump of %s; %s", what, is).isEqualTo(truth.length);
        assertThat(Arrays.mismatch(found, truth))
                .as("first byte at which the dump of %s differs from the process, -1 for none; %s", what, is)
                .isEqualTo(-1);
    }

    static void succeeds(Ground.Ended ended, String what) {
        Integer status = ended.status();
        assertThat(status)
                .as(
                        "exit status of dumping %s%s; it said: %s",
                        what,
                        status != null && status < 0
                                ? " (minus the signal that ended it: " + Signal.nameOf(-status)
                                        + "; build it with -fsanitize=address to see where)"
                                : "",
                        ended.said())
                .isEqualTo(0);
    }

    /** It ends with a status of its own that is not 0, and says something. */
    static void fails(Ground.Ended ended, String what) {
        assertThat(ended.status())
                .as("exit status for %s: an error, and no signal (those are negative); it said: %s", what, ended.said())
                .isNotNull()
                .isPositive();
        assertThat(ended.said()).as("what it says of %s", what).isNotBlank();
    }
}
