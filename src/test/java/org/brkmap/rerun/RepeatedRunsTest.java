package org.brkmap.rerun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.brkmap.grade.Course;
import org.brkmap.grade.Repeats;
import org.brkmap.grade.Result;
import org.brkmap.grade.ResultFiles;
import org.brkmap.grade.Roster;
import org.brkmap.grade.SigningKey;
import org.brkmap.grade.VerifyingKey.Proof;
import org.brkmap.sandbox.Probing;
import org.brkmap.sandbox.Tier;
import org.brkmap.sandbox.User;
import org.brkmap.toolchain.ProjectFiles;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A submission that is run twice and signed, and what of it is kept by a later run. */
@Tag("slow")
class RepeatedRunsTest {
    private static final Path ROOT = ProjectFiles.find().orElseThrow().root();

    @TempDir
    private Path folder;

    @Test
    void a_steady_program_is_steady_and_only_a_signed_result_is_kept() throws Exception {
        Tier tier = Probing.best(User.forSlot(0));
        assumeTrue(tier != Tier.C, "there is no sandbox here");
        Files.copy(
                ROOT.resolve("src/test/resources/solutions/lab2/grow.c"),
                Files.createDirectories(folder.resolve("in/ada")).resolve("grow.c"));
        Files.writeString(folder.resolve("roster.csv"), "id\nada\n");
        SigningKey key = SigningKey.make(folder.resolve("course.key"));

        assertThat(run(tier, 2, key)).containsExactly(true);
        Result first = result();
        assertThat(first.repeats()).isEqualTo(new Repeats(2, List.of()));
        assertThat(first.flags()).isEmpty();
        assertThat(key.verifying().check(first)).isEqualTo(Proof.VALID);

        assertThat(run(tier, 2, key)).as("what is signed and was run as often").containsExactly(false);
        assertThat(run(tier, 1, null)).as("more than is asked for").containsExactly(false);
        ResultFiles.in(folder.resolve("out")).write(first.withSignature(null));
        assertThat(run(tier, 1, key)).as("what somebody put there").containsExactly(true);
        assertThat(result().repeats()).isNull();
        assertThat(key.verifying().check(result())).isEqualTo(Proof.VALID);
    }

    private List<Boolean> run(Tier tier, int repeat, @Nullable SigningKey key) throws Exception {
        List<Boolean> fresh = new ArrayList<>();
        new Rerun(new RerunOptions(
                        ROOT,
                        folder.resolve("in"),
                        Roster.read(folder.resolve("roster.csv")),
                        Course.NONE,
                        folder,
                        folder.resolve("out"),
                        "lab2",
                        tier,
                        1,
                        0,
                        1,
                        Duration.ofMinutes(10),
                        repeat,
                        Map.of(),
                        key))
                .run((done, all, result, isFresh) -> fresh.add(isFresh));
        return fresh;
    }

    private Result result() throws IOException {
        List<Result> results = ResultFiles.in(folder.resolve("out")).readAll();
        assertThat(results).hasSize(1);
        return results.get(0);
    }
}
