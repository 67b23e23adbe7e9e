package org.brkmap.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.brkmap.toolchain.BuildRequest;
import org.brkmap.toolchain.CCompiler;
import org.brkmap.toolchain.Confinement;
import org.brkmap.toolchain.Tool;
import org.brkmap.toolchain.ToolResult;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each program under src/test/resources/sandbox/run attacks the sandbox it runs in, and ends with status 42 if that worked. A
 * bystander of the same user, another's files, and the test itself must come to no harm.
 */
@Tag("slow")
class AttackTest {
    private static final Path ATTACKS = Path.of("src/test/resources/sandbox");
    private static final int SUCCEEDED = 42;
    private static final int SIGSEGV = 128 + 11;
    private static final int SIGSYS = 128 + 31;
    private static final long MIB = 1 << 20;
    private static final Bounds BOUNDS = new Bounds(256 * MIB, 192 * MIB, 16 * MIB, 16 * MIB, 8 * MIB, 64, 2);
    /** Where nothing but the memory is to be reached. */
    private static final Bounds PATIENT = new Bounds(256 * MIB, 192 * MIB, 16 * MIB, 16 * MIB, 8 * MIB, 64, 60);

    /** What a program is ended for, so that everybody sees who tried. */
    private static final List<String> NAMED = List.of(
            "traceme",
            "move_heap",
            "namespaces",
            "clone_namespace",
            "io_uring",
            "bpf",
            "old_calls",
            "terminal_input",
            "listener");

    /** What only a control group bounds. */
    private static final List<String> UNNAMED_MEMORY = List.of("memfd_hog", "segment_hog", "shared_hog");

    @TempDir
    Path folder;

    private @Nullable ControlGroup group;
    private String noGroup = "";
    private User user;
    private Path workspace;
    private Path others;
    private Path secret;
    private Process bystander;

    @BeforeEach
    void prepare() throws Exception {
        user = User.forSlot(7);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        workspace = Files.createDirectories(folder.resolve("job"));
        others = Files.createDirectories(folder.resolve("other"));
        secret = Files.writeString(others.resolve("answers.properties"), "secret");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-rw-rw-"));
        Files.createDirectories(workspace.resolve("target/lab"));
        Files.writeString(workspace.resolve("grade.txt"), "none");
        user.own(folder);
        List<String> command = new ArrayList<>(user.prefix());
        command.addAll(List.of("/usr/bin/sleep", "300"));
        bystander = new ProcessBuilder(command).start();
        try {
            group = ControlGroup.make(7, user, BOUNDS);
        } catch (IOException e) {
            noGroup = String.valueOf(e.getMessage());
        }
    }

    @AfterEach
    void endTheBystander() throws IOException, InterruptedException {
        bystander.destroyForcibly();
        if (group != null) {
            group.close();
        }
        Segments.removeThoseOf(user);
    }

    static Stream<Arguments> attacks() throws Exception {
        Map<Tier, Probing.Outcome> tiers = Probing.tryAll(User.forSlot(7));
        List<Arguments> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(ATTACKS.resolve("run"))) {
            for (Path file : files.sorted().toList()) {
                for (Tier tier : List.of(Tier.A, Tier.B)) {
                    Probing.Outcome outcome =
                            Optional.ofNullable(tiers.get(tier)).orElseThrow();
                    String name = file.getFileName().toString().replace(".c", "");
                    all.add(Arguments.of(name, tier, outcome.why()));
                }
            }
        }
        return all.stream();
    }

    @ParameterizedTest(name = "{0} in tier {1}")
    @MethodSource("attacks")
    void an_attack_harms_nobody(String attack, Tier tier, String unavailable) throws Exception {
        assumeTrue(unavailable.isEmpty(), "tier " + tier + " is not to be had here: " + unavailable);
        assumeTrue(group != null || !UNNAMED_MEMORY.contains(attack), noGroup);
        Path program = build(attack);
        List<String> argv = new ArrayList<>(List.of(program.toString()));
        argv.addAll(victims(attack));

        ToolResult result = run(tier, argv, UNNAMED_MEMORY.contains(attack));

        assertThat(result.exit())
                .as("exit status; it said: %s", result.stderr())
                .isNotEqualTo(SUCCEEDED);
        if (NAMED.contains(attack)) {
            // Where the kernel was built without i386's calls, the instruction itself is the fault.
            List<Integer> found = attack.equals("old_calls") ? List.of(SIGSYS, SIGSEGV) : List.of(SIGSYS);
            assertThat(found).as("exit status of one who is found out").contains(result.exit());
        }
        if (UNNAMED_MEMORY.contains(attack)) {
            assertThat(Objects.requireNonNull(group).endedForMemory())
                    .as("programs ended for memory")
                    .isPositive();
        }
        assertThat(bystander.isAlive()).as("a bystander of the same user lives").isTrue();
        assertThat(secret).hasContent("secret");
        assertThat(workspace.resolve("grade.txt")).hasContent("none");
        assertThat(left(program)).as("processes that it left behind").isEmpty();
    }

    private List<String> victims(String attack) {
        List<Path> files = List.of(
                secret,
                Path.of("/etc/passwd"),
                Path.of("src/test/resources/solutions/lab2/answers.properties").toAbsolutePath(),
                Path.of("/proc/" + ProcessHandle.current().pid() + "/environ"),
                Path.of("/proc/" + bystander.pid() + "/environ"));
        return switch (attack) {
            case "kill_others", "disturb_others" ->
                List.of(
                        String.valueOf(bystander.pid()),
                        String.valueOf(ProcessHandle.current().pid()));
            case "read_files" -> files.stream().map(Path::toString).toList();
            case "write_files" ->
                List.of(secret.toString(), workspace.resolve("grade.txt").toString());
            default -> List.of();
        };
    }

    private Path build(String attack) throws Exception {
        Path source = Files.copy(ATTACKS.resolve("run").resolve(attack + ".c"), workspace.resolve(attack + ".c"));
        return CCompiler.find()
                .build(BuildRequest.of(source, workspace.resolve("target/programs")))
                .executable();
    }

    private ToolResult run(Tier tier, List<String> argv, boolean patient) throws Exception {
        ControlGroup bounded = group;
        List<String> command = Sandbox.around(workspace, tier, user)
                .within(patient ? PATIENT : BOUNDS)
                .entering(bounded == null ? List.of() : bounded.entries())
                .confine(new Confinement.Command(argv, workspace, Map.of(), null, false));
        return Tool.of(command)
                .wallLimit(Duration.ofSeconds(patient ? 120 : 6))
                .outputLimit(1 << 16)
                .runConfined();
    }

    /** Those that still run the program when the kernel has had time to bury them. */
    private static List<String> left(Path program) throws IOException {
        String path = program.toRealPath().toString();
        List<String> left = List.of("not looked yet");
        for (long deadline = System.nanoTime() + 10_000_000_000L; !left.isEmpty() && System.nanoTime() < deadline; ) {
            LockSupport.parkNanos(20_000_000);
            left = ProcessHandle.allProcesses()
                    .filter(process ->
                            process.info().command().filter(path::equals).isPresent())
                    .map(ProcessHandle::toString)
                    .toList();
        }
        return left;
    }
}
