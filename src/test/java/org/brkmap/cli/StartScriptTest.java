package org.brkmap.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.brkmap.libc.Signal;
import org.brkmap.toolchain.ProjectFiles;
import org.brkmap.toolchain.Tool;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What ./brkmap says where it cannot start; in a directory with blanks, with a PATH that holds what a case needs. */
@Timeout(120)
class StartScriptTest {
    private static final List<String> TOOLS =
            List.of("dirname", "readlink", "find", "head", "cat", "touch", "mkdir", "sed", "id", "rm", "tr");

    @TempDir
    private Path directory;

    private Path home;
    private Path bin;

    @BeforeEach
    void aCheckoutWithoutABuild() throws IOException {
        home = Files.createDirectories(directory.resolve("a checkout/src/main"))
                .getParent()
                .getParent();
        bin = Files.createDirectory(directory.resolve("bin"));
        Path root = ProjectFiles.find().orElseThrow().root();
        Files.copy(root.resolve("brkmap"), home.resolve("brkmap"));
        Files.copy(root.resolve("pom.xml"), home.resolve("pom.xml"));
        for (String tool : TOOLS) {
            offer(tool);
        }
    }

    private void offer(String tool) throws IOException {
        for (String folder : List.of("/bin", "/usr/bin")) {
            Path program = Path.of(folder, tool);
            if (Files.isExecutable(program)) {
                program(tool, "exec " + program + " \"$@\"");
                return;
            }
        }
    }

    @Test
    void withoutJavaItSaysWhatToInstall() throws Exception {
        try (Outside script = start(Map.of())) {
            assertThat(script.status()).isEqualTo(1);
            assertThat(script.err()).startsWith("brkmap: no java found.").contains("apt install", "JAVA_HOME");
        }
    }

    @Test
    void aJavaThatIsTooOldIsNamed() throws Exception {
        program("java", "echo 'openjdk version \"11.0.2\" 2019-01-15' >&2");
        try (Outside script = start(Map.of())) {
            assertThat(script.status()).isEqualTo(1);
            assertThat(script.err()).contains("brkmap: " + bin.resolve("java") + " is Java 11", "17 or newer");
        }
    }

    @Test
    void aJavaHomeThatHoldsNoneIsNamed() throws Exception {
        try (Outside script =
                start(Map.of("JAVA_HOME", directory.resolve("nothing").toString()))) {
            assertThat(script.status()).isEqualTo(1);
            assertThat(script.err()).contains("JAVA_HOME is " + directory.resolve("nothing"), "no bin/java");
        }
    }

    @Test
    void withoutMavenItSaysWhatToInstall() throws Exception {
        program("java", "echo 'openjdk version \"17.0.2\" 2022-01-18' >&2");
        try (Outside script = start(Map.of())) {
            assertThat(script.status()).isEqualTo(1);
            assertThat(script.err()).contains("there is no mvn", "apt install maven", "./brkmap");
        }
    }

    @Test
    void aBuildThatFailsIsSaidBelowWhatMavenSays() throws Exception {
        program("java", "echo 'openjdk version \"17.0.2\" 2022-01-18' >&2");
        program("mvn", "echo 'it rains'; exit 1");
        try (Outside script = start(Map.of())) {
            assertThat(script.status()).isEqualTo(1);
            assertThat(script.out()).isEmpty();
            assertThat(script.err()).containsSubsequence("building", "it rains", "brkmap: the build failed");
        }
    }

    @Test
    void twoAtOnceBuildOneAfterTheOtherAndThatOnce() throws Exception {
        Path gate = aBuildBehindAGate();
        try (Outside first = start(Map.of())) {
            Target.await("the first build", () -> Files.exists(directory.resolve("builds")));
            try (Outside second = startIn(otherTerminal(), Map.of())) {
                Target.await("the second to wait", () -> second.err().contains("waiting for another build"));
                Files.writeString(gate, "go\n");
                assertThat(first.status()).as(first.err()).isZero();
                assertThat(second.status()).as(second.err()).isZero();
                assertThat(second.err()).doesNotContain("building ...");
            }
        }
        assertThat(directory.resolve("builds")).hasContent("building\n");
    }

    @Test
    void aBuildIsWaitedForEvenIfWhoStartedItWasKilledAndThenNoLockIsLeft() throws Exception {
        Path gate = aBuildBehindAGate();
        try (Outside first = start(Map.of())) {
            Target.await("the first build", () -> Files.exists(directory.resolve("builds")));
            first.signal(Signal.SIGKILL);
            assertThat(first.status()).isEqualTo(137);
        }
        try (Outside second = startIn(otherTerminal(), Map.of())) {
            Target.await("the second to wait", () -> second.err().contains("waiting for another build"));
            Files.writeString(gate, "go\n");
            assertThat(second.status()).as(second.err()).isZero();
        }
        Files.delete(home.resolve("target/brkmap.classpath"));
        try (Outside third = start(Map.of())) {
            Target.await("the third build", () -> third.err().contains("building ..."));
            Files.writeString(gate, "go\n");
            assertThat(third.status()).as(third.err()).isZero();
            assertThat(third.err()).doesNotContain("waiting");
        }
    }

    /** A Maven that notes each build, makes what the script looks for, and ends when something is written into the pipe. */
    private Path aBuildBehindAGate() throws Exception {
        assumeTrue(Tool.exists("flock"), "flock, of util-linux, is not installed");
        offer("flock");
        offer("grep");
        Path gate = directory.resolve("gate");
        Tool.run(List.of("mkfifo", gate.toString()));
        program("java", "echo 'openjdk version \"17.0.2\" 2022-01-18' >&2");
        program(
                "mvn",
                "echo building >>'" + directory.resolve("builds") + "'; read go <'" + gate
                        + "'; echo \"$PWD/pom.xml:more\" >target/brkmap.classpath");
        return gate;
    }

    @Test
    void aMavenRepositoryThatIsGoneIsFilledAgain() throws Exception {
        Path jar = Files.createFile(directory.resolve("library.jar"));
        program("java", "echo 'openjdk version \"17.0.2\" 2022-01-18' >&2");
        offer("grep");
        program("mvn", "echo building; echo '" + jar + "' >target/brkmap.classpath");
        try (Outside first = start(Map.of())) {
            assertThat(first.status()).as(first.err()).isZero();
            assertThat(first.err()).contains("building ...");
        }
        try (Outside second = start(Map.of())) {
            assertThat(second.status()).as(second.err()).isZero();
            assertThat(second.err()).doesNotContain("building ...");
        }
        Files.delete(jar);
        try (Outside third = start(Map.of())) {
            assertThat(third.status()).as(third.err()).isZero();
            assertThat(third.err()).contains("building ...");
        }
    }

    private Path otherTerminal() throws IOException {
        return Files.createDirectories(directory.resolve("another terminal"));
    }

    @Test
    void aPlaceThatMayNotBeWrittenIsNamed() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can become somebody else");
        assumeTrue(Tool.exists("setpriv"), "setpriv is not installed");
        program("java", "echo 'openjdk version \"17.0.2\" 2022-01-18' >&2");
        program("mvn", "exit 0");
        for (Path path = home; !path.equals(directory.getParent()); path = path.getParent()) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Files.setPosixFilePermissions(bin, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (Outside script =
                start(Map.of(), "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--no-new-privs")) {
            assertThat(script.status()).isEqualTo(1);
            assertThat(script.err()).contains("brkmap: it must be built first, and " + home, "may not be written");
        }
    }

    private void program(String name, String script) throws IOException {
        Path file = Files.writeString(bin.resolve(name), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Outside start(Map<String, String> settings, String... before) throws IOException {
        return startIn(directory, settings, before);
    }

    private Outside startIn(Path output, Map<String, String> settings, String... before) throws IOException {
        Map<String, String> environment = new HashMap<>();
        environment.put("PATH", bin.toString());
        environment.put("JAVA_HOME", "");
        environment.putAll(settings);
        List<String> command = new ArrayList<>();
        for (String word : before) {
            command.add(command.isEmpty() ? "/usr/bin/" + word : word);
        }
        command.add(home.resolve("brkmap").toString());
        command.add("--version");
        return Outside.start(output, environment, command);
    }
}
