package org.brkmap.rerun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.brkmap.evidence.CheckStatus;
import org.brkmap.grade.Course;
import org.brkmap.grade.FlagKind;
import org.brkmap.grade.GradedCheck;
import org.brkmap.grade.Result;
import org.brkmap.grade.ResultFiles;
import org.brkmap.grade.Roster;
import org.brkmap.sandbox.Probing;
import org.brkmap.sandbox.Tier;
import org.brkmap.sandbox.User;
import org.brkmap.toolchain.ProjectFiles;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small class of honest, wrong and hostile submissions, run again as the command does it. */
@Tag("slow")
class RerunTest {
    private static final Path ROOT = ProjectFiles.find().orElseThrow().root();
    private static final Path SOLUTION = ROOT.resolve("src/test/resources/solutions/lab2");
    private static final Path ATTACKS = ROOT.resolve("src/test/resources/sandbox");
    private static final List<String> STUDENTS =
            List.of("right", "zipped", "broken", "tracer", "quoter", "giant", "taker", "crash", "climber", "empty");

    @TempDir
    Path folder;

    @Test
    void each_gets_what_is_due_and_nobody_suffers_from_another() throws Exception {
        Tier tier = Probing.best(User.forSlot(0));
        assumeTrue(tier != Tier.C, "there is no sandbox here");
        hand_in();

        Map<String, Result> results = run("single", tier, 2, 0, 1);

        assertThat(results).containsOnlyKeys(STUDENTS);
        for (String honest : List.of("right", "zipped", "climber")) {
            assertThat(check(results, honest, "grow").status()).as(honest).isEqualTo(CheckStatus.PASSED);
        }
        assertThat(check(results, "right", "leak").status()).isEqualTo(CheckStatus.PASSED);
        for (String faulty : List.of("broken", "tracer", "quoter", "giant", "taker", "crash")) {
            assertThat(check(results, faulty, "grow").earned()).as(faulty).isZero();
            assertThat(check(results, faulty, "blocks").status())
                    .as("what does not hang on the program of " + faulty)
                    .isEqualTo(check(results, "right", "blocks").status());
        }
        assertThat(flags(results, "right")).isEmpty();
        assertThat(flags(results, "broken")).contains(FlagKind.DOES_NOT_BUILD);
        assertThat(flags(results, "tracer")).contains(FlagKind.HOSTILE);
        assertThat(flags(results, "quoter")).contains(FlagKind.DOES_NOT_BUILD);
        assertThat(result(results, "taker").flags().toString())
                .contains("cc.s:")
                .doesNotContain("/tmp/");
        assertThat(flags(results, "crash")).contains(FlagKind.CRASHED);
        assertThat(flags(results, "climber")).contains(FlagKind.HOSTILE);
        assertThat(flags(results, "empty")).contains(FlagKind.NOT_GRADED);
        assertThat(results.toString()).as("words of a file of the host").doesNotContain("root:x:0");
        assertThat(folder.resolve("escaped.c")).doesNotExist();

        run("parts", tier, 1, 0, 2);
        run("parts", tier, 1, 1, 2);
        assertThat(bytes("parts")).isEqualTo(bytes("single"));

        List<Boolean> fresh = new ArrayList<>();
        new Rerun(options("single", tier, 1, 0, 1)).run((done, all, result, isFresh) -> fresh.add(isFresh));
        assertThat(fresh).hasSize(STUDENTS.size()).doesNotContain(true);
    }

    private void hand_in() throws IOException {
        Path in = Files.createDirectories(folder.resolve("in"));
        copy(SOLUTION, Files.createDirectories(in.resolve("right")));
        Files.deleteIfExists(in.resolve("right/answers.properties"));
        zip(in.resolve("zipped_lab2.zip"), Map.of("labs/lab2/grow.c", Files.readString(SOLUTION.resolve("grow.c"))));
        source("broken", "int main(void) { return nothing; }\n");
        source("tracer", Files.readString(ATTACKS.resolve("run/traceme.c")));
        source("quoter", Files.readString(ATTACKS.resolve("build/host_file_included.c")));
        source("taker", Files.readString(ATTACKS.resolve("build/host_file_inside.c")));
        source("giant", Files.readString(ATTACKS.resolve("build/giant_array.c")));
        copy(ROOT.resolve("src/test/resources/cheats/lab2/crash"), Files.createDirectories(in.resolve("crash")));
        Files.deleteIfExists(in.resolve("crash/answers.properties"));
        zip(
                in.resolve("climber.zip"),
                Map.of(
                        "../escaped.c",
                        "int escaped;",
                        "Makefile",
                        "all:\n\ttouch /tmp/brkmap-made",
                        "grow.c",
                        Files.readString(SOLUTION.resolve("grow.c"))));
        Files.createDirectories(in.resolve("empty"));
        Files.writeString(folder.resolve("roster.csv"), "id\n" + String.join("\n", STUDENTS) + "\n");
    }

    private void source(String student, String text) throws IOException {
        Files.writeString(
                Files.createDirectories(folder.resolve("in").resolve(student)).resolve("grow.c"), text);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName().toString()));
            }
        }
    }

    private static void zip(Path file, Map<String, String> entries) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, String> entry : new TreeMap<>(entries).entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private RerunOptions options(String out, Tier tier, int jobs, int shard, int shards) throws IOException {
        return new RerunOptions(
                ROOT,
                folder.resolve("in"),
                Roster.read(folder.resolve("roster.csv")),
                Course.NONE,
                folder,
                folder.resolve(out),
                "lab2",
                tier,
                jobs,
                shard,
                shards,
                Duration.ofMinutes(5));
    }

    private Map<String, Result> run(String out, Tier tier, int jobs, int shard, int shards) throws Exception {
        new Rerun(options(out, tier, jobs, shard, shards)).run((done, all, result, fresh) -> {});
        Map<String, Result> results = new TreeMap<>();
        ResultFiles.in(folder.resolve(out)).readAll().forEach(result -> results.put(result.student(), result));
        return results;
    }

    private Map<String, String> bytes(String out) throws IOException {
        Map<String, String> bytes = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder.resolve(out).resolve("results"))) {
            for (Path file : files.toList()) {
                bytes.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return bytes;
    }

    private static GradedCheck check(Map<String, Result> results, String student, String id) {
        return result(results, student).checks().stream()
                .filter(check -> check.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError(student + " has no check " + id + ": " + results.get(student)));
    }

    private static List<FlagKind> flags(Map<String, Result> results, String student) {
        return result(results, student).flags().stream()
                .map(flag -> flag.kind())
                .toList();
    }

    private static Result result(Map<String, Result> results, String student) {
        Result result = results.get(student);
        if (result == null) {
            throw new AssertionError("no result of " + student);
        }
        return result;
    }
}
