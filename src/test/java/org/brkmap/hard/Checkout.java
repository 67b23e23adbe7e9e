package org.brkmap.hard;

import static org.assertj.core.api.Assertions.assertThat;
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
import org.brkmap.toolchain.ProjectFiles;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** A copy of the project in which a JVM of its own runs a lab, started by a prefix that makes the machine what it is to be. */
final class Checkout {
    private static final long MINUTES = 3;

    private final Path scratch;
    private final Path project;

    private Checkout(Path scratch, Path project) {
        this.scratch = scratch;
        this.project = project;
    }

    /** Copies what labs need to a folder of this name in the scratch directory. */
    static Checkout copy(Path scratch, String name) throws IOException {
        Path project = Files.createDirectories(scratch.resolve(name));
        Path root = ProjectFiles.find().orElseThrow().root();
        for (String part : List.of("pom.xml", "sample-c", "labs", "src/main/c")) {
            try (Stream<Path> files = Files.walk(root.resolve(part))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Path to = project.resolve(root.relativize(file));
                    Files.createDirectories(to.getParent());
                    Files.copy(file, to);
                }
            }
        }
        return new Checkout(scratch, project);
    }

    Path project() {
        return project;
    }

    /** How it went; the checks are those that a student need not begin, for only they are of the machine. */
    record Run(int exit, String output, Map<String, CheckStatus> checks) {
        void assertEveryCheckPassed() {
            assertThat(checks).as(output).hasSizeGreaterThan(10);
            assertThat(checks.values()).as(output).containsOnly(CheckStatus.PASSED);
            assertThat(exit).as(output).isZero();
        }
    }

    /** Runs lab 2 to its end. */
    Run run(List<String> prefix, String... options) throws Exception {
        return run("lab2", prefix, options);
    }

    Run run(String lab, List<String> prefix, String... options) throws Exception {
        Path output = scratch.resolve("output");
        return end(lab, start(lab, prefix, output, options), output);
    }

    Process start(String lab, List<String> prefix, Path output, String... options) throws IOException {
        return builder(lab, prefix, options)
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(output.toFile())
                .start();
    }

    /** Starts it under a prefix that is to be talked with, over pipes. */
    Process start(String lab, List<String> prefix, String... options) throws IOException {
        return builder(lab, prefix, options)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private ProcessBuilder builder(String lab, List<String> prefix, String... options) {
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:+IgnoreUnrecognizedVMOptions",
                "--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of(options));
        command.addAll(List.of(
                "-D" + ProjectFiles.HOME_PROPERTY + "=" + project, "-cp", classPath(), Inside.class.getName(), lab));
        return new ProcessBuilder(command).directory(project.toFile());
    }

    Run end(String lab, Process process, Path output) throws Exception {
        boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
        process.destroyForcibly().waitFor();
        String said = Files.readString(output, StandardCharsets.ISO_8859_1);
        assertThat(ended).as("ended in time; it said: %s", said).isTrue();
        Path json = project.resolve("target/reports/" + lab + ".json");
        Map<String, CheckStatus> checks = new TreeMap<>();
        if (Files.exists(json)) {
            for (CheckResult check : ((LabDocument) EvidenceJson.read(Files.readString(json))).checks()) {
                if (check.exercise() == null || check.exercise().kind() == ExerciseKind.OBSERVE) {
                    checks.put(check.id(), check.status());
                }
            }
        }
        return new Run(process.exitValue(), said, checks);
    }

    /** What a build that is under way, or was cut off, has in the folders where others look. */
    List<Path> halfMade() throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path folder : List.of(project.resolve("target/native"), project.resolve("target/reports"))) {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.list(folder)) {
                    files.filter(file -> file.getFileName().toString().startsWith("."))
                            .forEach(found::add);
                }
            }
        }
        return found;
    }

    /** This JVM's class path; a copy of it where somebody without our rights must read it. */
    private String classPath() {
        Path copied = scratch.resolve("classes");
        String own = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Files.isDirectory(copied) ? copied + ":" + copied + "/*" : own;
    }

    /** Lets other users read and write the checkout, and read what runs in it. */
    void openToAll() throws IOException {
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

    /** What the other JVM runs: a lab, with an exit status as Maven's. */
    static final class Inside {
        private Inside() {}

        public static void main(String[] args) {
            LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                    .selectors(selectPackage(args[0]))
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
