package org.brkmap.hard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.brkmap.evidence.CheckResult;
import org.brkmap.evidence.CheckStatus;
import org.brkmap.evidence.EvidenceJson;
import org.brkmap.evidence.ExerciseKind;
import org.brkmap.evidence.LabDocument;
import org.brkmap.toolchain.NeedsGcc;
import org.brkmap.toolchain.ProjectFiles;
import org.brkmap.toolchain.Tool;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/**
 * Lab 2 as a whole, in a JVM of its own, on machines that are set up as nobody's own is. The project is a copy whose path holds
 * what paths may hold.
 */
@NeedsGcc
class HardMachineTest {
    private static final long MINUTES = 3;

    @TempDir
    Path scratch;

    private Path project = Path.of("");

    @BeforeEach
    void copyTheProject() throws IOException {
        project = Files.createDirectories(scratch.resolve("it's a \"lab\" & more"));
        Path root = ProjectFiles.find().orElseThrow().root();
        for (String part : List.of("pom.xml", "sample-c", "labs/lab2", "src/main/c")) {
            try (Stream<Path> files = Files.walk(root.resolve(part))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Path to = project.resolve(root.relativize(file));
                    Files.createDirectories(to.getParent());
                    Files.copy(file, to);
                }
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "setsid -w env LC_ALL=C TERM=dumb GLIBC_TUNABLES=glibc.malloc.mmap_threshold=4096 MALLOC_ARENA_MAX=1",
                "prlimit --stack=unlimited:unlimited env -u TERM -u LANG -u LC_ALL -u HOME -u USER",
                "prlimit --nofile=256:256 setarch -R"
            })
    void everyCheckOfTheLabPasses(String prefix) throws Exception {
        String tool = prefix.split(" ")[0];
        assumeTrue(Tool.exists(tool), tool + " is not installed");
        assertEveryCheckPasses(run(List.of(prefix.split(" "))));
    }

    @Test
    void everyCheckPassesInTheTurkishLocale() throws Exception {
        assertEveryCheckPasses(run(List.of(), "-Duser.language=tr", "-Duser.country=TR"));
    }

    @Test
    void everyCheckPassesWithoutPrivilege() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can become somebody else");
        assumeTrue(Tool.exists("setpriv"), "setpriv is not installed");
        openToAll();
        List<String> nobody = new ArrayList<>(List.of(
                "setpriv",
                "--reuid=65534",
                "--regid=65534",
                "--clear-groups",
                "--no-new-privs",
                "env",
                "HOME=/nonexistent"));
        assertEveryCheckPasses(run(nobody));
    }

    @Test
    void inACheckoutThatMayNotBeWrittenTheLabSaysWhatToDoAndFails() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can become somebody else");
        assumeTrue(Tool.exists("setpriv"), "setpriv is not installed");
        openToAll();
        Files.setPosixFilePermissions(project, PosixFilePermissions.fromString("r-xr-xr-x"));
        Run run = run(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));

        assertThat(run.exit()).isNotZero();
        assertThat(run.output())
                .contains("cannot write")
                .contains(project.resolve("target").toString())
                .doesNotContain("\tat org.");
    }

    @Test
    void twoAtOnceInOneCheckoutBothPass() throws Exception {
        Process one = start(List.of(), scratch.resolve("one"));
        Process other = start(List.of(), scratch.resolve("other"));
        Run first = end(one, scratch.resolve("one"));
        assertEveryCheckPasses(end(other, scratch.resolve("other")));
        assertEveryCheckPasses(first);
        assertNothingHalfMade();
    }

    @Test
    void whatAKilledHarnessLeavesBehindIsNeverUsed() throws Exception {
        Process killed = start(List.of(), scratch.resolve("killed"));
        // The compiler begins as soon as the temporary directory is there.
        Path builds = project.resolve("target");
        while (killed.isAlive() && temporary(builds).isEmpty()) {
            Thread.onSpinWait();
        }
        killed.destroyForcibly().waitFor();

        assertEveryCheckPasses(run(List.of()));
    }

    private record Run(int exit, String output, Map<String, CheckStatus> checks) {}

    private void assertEveryCheckPasses(Run run) {
        assertThat(run.checks()).as(run.output()).hasSizeGreaterThan(10);
        assertThat(run.checks().values()).as(run.output()).containsOnly(CheckStatus.PASSED);
        assertThat(run.exit()).as(run.output()).isZero();
    }

    private void assertNothingHalfMade() throws IOException {
        assertThat(temporary(project.resolve("target"))).isEmpty();
    }

    private static List<Path> temporary(Path below) throws IOException {
        if (!Files.isDirectory(below)) {
            return List.of();
        }
        List<Path> found = new ArrayList<>();
        for (Path folder : List.of(below.resolve("native"), below.resolve("reports"))) {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.list(folder)) {
                    files.filter(file -> file.getFileName().toString().startsWith("."))
                            .forEach(found::add);
                }
            }
        }
        return found;
    }

    private Run run(List<String> prefix, String... options) throws Exception {
        Path output = scratch.resolve("output");
        return end(start(prefix, output, options), output);
    }

    private Process start(List<String> prefix, Path output, String... options) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:TieredStopAtLevel=1");
        command.addAll(List.of(options));
        command.addAll(
                List.of("-D" + ProjectFiles.HOME_PROPERTY + "=" + project, "-cp", classPath(), Inside.class.getName()));
        return new ProcessBuilder(command)
                .directory(project.toFile())
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(output.toFile())
                .start();
    }

    private Run end(Process process, Path output) throws Exception {
        boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
        process.destroyForcibly().waitFor();
        String said = Files.readString(output, StandardCharsets.ISO_8859_1);
        assertThat(ended).as("ended in time; it said: %s", said).isTrue();
        Path json = project.resolve("target/reports/lab2.json");
        if (!Files.exists(json)) {
            return new Run(process.exitValue(), said, Map.of());
        }
        Map<String, CheckStatus> checks = new TreeMap<>();
        for (CheckResult check : ((LabDocument) EvidenceJson.read(Files.readString(json))).checks()) {
            // What only a student can begin is not of the machine.
            if (check.exercise() == null || check.exercise().kind() == ExerciseKind.OBSERVE) {
                checks.put(check.id(), check.status());
            }
        }
        return new Run(process.exitValue(), said, checks);
    }

    /** This JVM's class path; a copy of it where somebody without our rights must read it. */
    private String classPath() {
        Path copied = scratch.resolve("classes");
        String own = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Files.isDirectory(copied) ? copied + ":" + copied + "/*" : own;
    }

    private void openToAll() throws IOException {
        Path copied = Files.createDirectory(scratch.resolve("classes.new"));
        String own = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        for (String entry : own.split(":")) {
            Path from = Path.of(entry);
            if (Files.isRegularFile(from)) {
                Files.copy(from, copied.resolve(from.getFileName()));
            } else if (Files.isDirectory(from)) {
                try (Stream<Path> files = Files.walk(from)) {
                    for (Path file : files.filter(Files::isRegularFile).toList()) {
                        Path to = copied.resolve(from.relativize(file).toString());
                        Files.createDirectories(to.getParent());
                        Files.copy(file, to);
                    }
                }
            }
        }
        Files.move(copied, scratch.resolve("classes"));
        try (Stream<Path> files = Files.walk(scratch)) {
            for (Path file : files.toList()) {
                Files.setPosixFilePermissions(
                        file, PosixFilePermissions.fromString(Files.isDirectory(file) ? "rwxrwxrwx" : "rw-r--r--"));
            }
        }
    }

    /** What the other JVM runs: lab 2, with an exit status as Maven's. */
    static final class Inside {
        private Inside() {}

        public static void main(String[] args) {
            LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                    .selectors(selectPackage("lab2"))
                    .configurationParameter(
                            "junit.jupiter.testclass.order.default",
                            "org.junit.jupiter.api.ClassOrderer$OrderAnnotation")
                    .build();
            SummaryGeneratingListener listener = new SummaryGeneratingListener();
            LauncherFactory.create().execute(request, listener);
            System.exit(listener.getSummary().getTotalFailureCount() == 0 ? 0 : 1);
        }
    }
}
