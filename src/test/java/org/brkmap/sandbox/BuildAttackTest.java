package org.brkmap.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.brkmap.toolchain.Confinement;
import org.brkmap.toolchain.Tool;
import org.brkmap.toolchain.ToolResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each source under src/test/resources/sandbox/build attacks whoever compiles it. It must be refused within its bounds, and no
 * word of another's file may be in what the compiler says or writes.
 */
@Tag("slow")
class BuildAttackTest {
    private static final Path ATTACKS = Path.of("src/test/resources/sandbox/build");
    private static final long MIB = 1 << 20;
    private static final Bounds BOUNDS = new Bounds(256 * MIB, 384 * MIB, 16 * MIB, 16 * MIB, 8 * MIB, 64, 3);
    private static final String SECRET = "a_word_of_another_student";

    @TempDir
    Path folder;

    private User user;
    private Path workspace;
    private Path output;

    @BeforeEach
    void prepare() throws Exception {
        user = User.forSlot(7);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        workspace = Files.createDirectories(folder.resolve("job"));
        output = Files.createDirectories(workspace.resolve("target/programs"));
        Files.writeString(Files.createDirectories(folder.resolve("other")).resolve("answers.properties"), SECRET);
        user.own(folder);
    }

    static Stream<Arguments> attacks() throws Exception {
        Map<Tier, Probing.Outcome> tiers = Probing.tryAll(User.forSlot(7));
        List<Arguments> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(ATTACKS)) {
            for (Path file : files.sorted().toList()) {
                for (Tier tier : List.of(Tier.A, Tier.B)) {
                    String why =
                            Optional.ofNullable(tiers.get(tier)).orElseThrow().why();
                    all.add(Arguments.of(file.getFileName().toString(), tier, why));
                }
            }
        }
        return all.stream();
    }

    @ParameterizedTest(name = "{0} in tier {1}")
    @MethodSource("attacks")
    void a_source_harms_nobody(String attack, Tier tier, String unavailable) throws Exception {
        assumeTrue(unavailable.isEmpty(), "tier " + tier + " is not to be had here: " + unavailable);
        Path source = Files.copy(ATTACKS.resolve(attack), workspace.resolve(attack));

        ToolResult result = compile(tier, source);

        assertThat(result.timedOut()).as("had to be ended from outside").isFalse();
        assertThat(result.exit()).as("exit status of the compiler").isNotZero();
        assertThat(result.stdout() + result.stderr()).doesNotContain("root:", SECRET);
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(folder::relativize)
                            .map(Path::toString))
                    .as("files beside what the compiler was making")
                    .filteredOn(file -> !file.startsWith("job/target/programs"))
                    .containsExactlyInAnyOrder("job/" + attack, "other/answers.properties");
        }
        assertThat(folder.resolve("other/answers.properties")).hasContent(SECRET);
    }

    /** Or the test above would pass with a compiler that never works. */
    @Test
    void an_honest_source_is_compiled() throws Exception {
        for (Map.Entry<Tier, Probing.Outcome> tier : Probing.tryAll(user).entrySet()) {
            if (tier.getValue().works()) {
                Path source = Files.writeString(workspace.resolve("honest.c"), "int main(void) { return 0; }\n");
                ToolResult result = compile(tier.getKey(), source);
                assertThat(result.exit()).as(result.stderr()).isZero();
            }
        }
    }

    private ToolResult compile(Tier tier, Path source) throws Exception {
        List<String> argv = List.of(
                "/usr/bin/gcc",
                "-g",
                "./" + source.getFileName(),
                "-o",
                output.resolve("program").toString());
        List<String> command = Sandbox.around(workspace, tier, user)
                .within(BOUNDS)
                .confine(new Confinement.Command(
                        argv,
                        workspace,
                        Map.of("PATH", "/usr/bin:/bin", "TMPDIR", output.toString()),
                        List.of(output),
                        false));
        return Tool.of(command)
                .wallLimit(Duration.ofSeconds(60))
                .outputLimit(8 << 20)
                .runConfined();
    }
}
