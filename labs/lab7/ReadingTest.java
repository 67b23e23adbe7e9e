package lab7;

import static org.assertj.core.api.Assertions.assertThat;
import static org.brkmap.check.MemoryAssertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.brkmap.analyse.Analysis;
import org.brkmap.check.Wording;
import org.brkmap.evidence.ExerciseKind;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Exercise;
import org.brkmap.lab.Lab;
import org.brkmap.lab.Recipe;
import org.brkmap.lab.ShownAfter;
import org.brkmap.libc.SystemFacts;
import org.brkmap.model.Mapping;
import org.brkmap.toolchain.Tool;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Lab("lab7")
@Order(0)
@DisplayName("Reading another process")
class ReadingTest {
    private static final String HEAP = "[heap]";

    @Test
    @Order(1)
    @DisplayName("Told to stop is not stopped")
    @Exercise(id = "told", kind = ExerciseKind.OBSERVE, points = 3)
    void toldToStopIsNotStopped(Bench bench) {
        try (Ground ground = Ground.with(bench, Spaces.late())) {
            Target target = ground.target();
            assertThat(target.state()).as("state before anybody stops it").isNotEqualTo('T');
            byte[] first = new byte[1];
            long heap = target.rows(HEAP).get(0).range().start();
            target.read(heap, first, 0, 1);
            char before = (char) first[0];
            target.stop();
            target.read(heap, first, 0, 1);
            assertThat((char) first[0])
                    .as(
                            "what stands in its heap when it stands still; it was told to stop when '%c' stood there",
                            before)
                    .isNotEqualTo(before);
            bench.found("told to stop it still wrote '%c' over '%c', and only then was T", (char) first[0], before);
        }
    }

    @Test
    @Order(2)
    @DisplayName("/proc/PID/mem and process_vm_readv give the same bytes")
    @Exercise(id = "same-bytes", kind = ExerciseKind.OBSERVE, points = 4)
    void bothWaysGiveTheSame(Bench bench) {
        try (Ground ground = Ground.with(bench, Spaces.of("a heap", "heap", 500_000))) {
            byte[] byFile = ground.target().bytes(HEAP);
            assertThat(Arrays.mismatch(byFile, ground.target().bytesByCall(HEAP)))
                    .as("first byte of the heap that differs, -1 for none")
                    .isEqualTo(-1);
            assertThat(ground.target().isStopped())
                    .as("whether the process is stopped afterwards")
                    .isFalse();
            bench.found("%d bytes of a heap, the same by both", byFile.length);
        }
    }

    @Test
    @Order(3)
    @DisplayName("gdb's dump memory gives the same bytes, from a process in state t")
    void gdbGivesTheSame(Bench bench) {
        bench.needs(Tool.exists("gdb"), "gdb is not installed (Debian: apt install gdb)");
        try (Ground ground = Ground.with(bench, Spaces.of("a heap", "heap", 500_000))) {
            byte[] truth = ground.target().bytes(HEAP);
            Mapping row = ground.target().rows(HEAP).get(0);
            Path file = bench.file(Ground.FOLDER + "gdb.dump").toAbsolutePath();
            Files.deleteIfExists(file);
            Ground.Ended ended = ground.tool(gdb(ground.pid(), row, file));
            bench.needs(Files.exists(file), "gdb may not read a process of ours here: " + last(ended.said()));
            assertThat(Arrays.mismatch(truth, Files.readAllBytes(file)))
                    .as("first byte of the heap that gdb sees otherwise, -1 for none")
                    .isEqualTo(-1);
            assertThat(ended.said())
                    .as("what the kernel said while gdb held it")
                    .contains("State:\tt");
            assertThat(ground.target().isStopped())
                    .as("whether gdb left it stopped")
                    .isFalse();
            bench.found("%d bytes, the same; t while gdb held it, and running afterwards", truth.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> gdb(String pid, Mapping row, Path file) {
        String gdb = Arrays.stream(System.getenv("PATH").split(":"))
                .map(folder -> Path.of(folder, "gdb"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow()
                .toString();
        return List.of(
                gdb,
                "-nx",
                "-q",
                "-batch",
                "-p",
                pid,
                "-ex",
                "dump binary memory " + file + " 0x"
                        + Long.toHexString(row.range().start()) + " 0x"
                        + Long.toHexString(row.range().end()),
                "-ex",
                "shell cat /proc/" + pid + "/status");
    }

    private static String last(String text) {
        return text.substring(text.lastIndexOf('\n') + 1);
    }

    @Test
    @Order(4)
    @DisplayName("A secret survives free, and in a buffer that nobody thought of")
    @Exercise(id = "secret", kind = ExerciseKind.OBSERVE, points = 3)
    void aSecretSurvives(Bench bench) {
        Secrets secrets = new Secrets(bench, Recipe.of("forget: a secret that was wiped", "labs/lab7/forget.c"));
        secrets.itIsHad();
        List<String> left = secrets.places("wiped", Secrets.LENGTH / 2, true);
        assertThat(left)
                .as("places in the heap where at least half of the secret still stands, after it was wiped and freed")
                .isNotEmpty();
        bench.found("it still stands in the heap at %s", Wording.count(left.size(), "place", "places"));
    }

    @Test
    @Order(5)
    @DisplayName("What can be read, and what cannot")
    @ShownAfter({"short", "readable"})
    void whatCanBeRead(Bench bench) {
        List<String> found = new ArrayList<>();
        for (Rests.Kind kind : Rests.Kind.values()) {
            boolean read = Rests.read(bench, kind);
            bench.fact(kind.name().toLowerCase(Locale.ROOT), read ? "read" : "refused");
            found.add(kind.what().replaceAll(",.*", "") + " by " + kind.way() + ": " + (read ? "read" : "refused"));
        }
        long page = SystemFacts.pageSize();
        long read = Rests.oneRead(bench, page + 1, 4);
        assertThat(read)
                .as("bytes that one read gives of 4 pages, of which the file has 2")
                .isEqualTo(2 * page);
        bench.found(
                "%s; one read of 4 pages, 2 of them behind the file's end: %d bytes", String.join("; ", found), read);
    }

    @Test
    @Order(6)
    @DisplayName("Every change of these programs has a cause that was seen")
    void everyChangeHasACause(Bench bench) {
        int changes = 0;
        List<Recipe> recipes = List.of(
                Recipe.of("space: heap, stack and a cut", "labs/lab7/space.c")
                        .arguments(1, "heap", 300_000, "split", "stack", 300_000),
                Recipe.of("pointers: five addresses", "labs/lab7/pointers.c").arguments("dbeac"));
        for (Recipe recipe : recipes) {
            Analysis run = bench.observe(recipe);
            assertThat(run)
                    .as(recipe.name())
                    .endedWell()
                    .hasOnlyExplainedChanges()
                    .replaysExactly();
            changes += run.changes().size();
        }
        bench.found("%s in %d runs, none unexplained", Wording.count(changes, "change", "changes"), recipes.size());
    }
}
