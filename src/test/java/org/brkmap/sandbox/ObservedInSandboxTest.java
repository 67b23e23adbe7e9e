package org.brkmap.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.brkmap.toolchain.BuildRequest;
import org.brkmap.toolchain.CCompiler;
import org.brkmap.toolchain.Tool;
import org.brkmap.toolchain.ToolResult;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is seen of a program in a sandbox is what is seen of it outside: its calls, their causes, and its layouts. */
@Tag("slow")
class ObservedInSandboxTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(
            value = Tier.class,
            names = {"A", "B"})
    void a_program_of_one_thread_looks_the_same_inside(Tier tier) throws Exception {
        compare(tier, "alloc_size");
    }

    @ParameterizedTest
    @EnumSource(
            value = Tier.class,
            names = {"A", "B"})
    void so_do_parent_and_child(Tier tier) throws Exception {
        compare(tier, "fork_copy");
    }

    private void compare(Tier tier, String sample) throws Exception {
        Probing.Outcome outcome =
                Objects.requireNonNull(Probing.tryAll(User.forSlot(0)).get(tier));
        assumeTrue(outcome.works(), "tier " + tier + " is not to be had here: " + outcome.why());
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path program = CCompiler.find()
                .build(BuildRequest.of(Path.of("sample-c", sample, sample + ".c"), folder)
                        .include(Path.of("sample-c/common"))
                        .flag("-pthread"))
                .executable();

        assertThat(observe(tier.name(), program)).isEqualTo(observe("none", program));
    }

    private String observe(String tier, Path program) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+IgnoreUnrecognizedVMOptions",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "org.brkmap.sandbox.ObservedInside",
                tier,
                folder.toString(),
                program.toString()));
        ToolResult result = Tool.of(command).wallLimit(Duration.ofMinutes(2)).run();
        assertThat(result.stdout()).as(result.stderr()).contains("event: brk").contains("calls: ");
        return result.stdout();
    }
}
