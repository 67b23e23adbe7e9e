package org.brkmap.hard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.brkmap.evidence.CheckResult;
import org.brkmap.evidence.EvidenceJson;
import org.brkmap.evidence.LabDocument;
import org.brkmap.toolchain.ProjectFiles;
import org.brkmap.toolchain.Tool;

/** {@code mvn test -Plab2} in a whole checkout of its own, whose classes were compiled before. */
final class MavenRun {
    private static final long MINUTES = 4;

    private final Path scratch;
    private final Path project;
    private final Path temporary;
    private final Map<String, String> environment = new TreeMap<>();

    private MavenRun(Path scratch, Path project) throws IOException {
        this.scratch = scratch;
        this.project = project;
        this.temporary = Files.createDirectories(scratch.resolve("tmp"));
        environment.put("TMPDIR", temporary.toString());
        environment.put("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary + " -XX:-UsePerfData");
    }

    /** A copy of this project in which everything is compiled. */
    static Path compiled(Path scratch) throws Exception {
        Path project = Files.createDirectories(scratch.resolve("compiled"));
        Path root = ProjectFiles.find().orElseThrow().root();
        List<String> copy = new ArrayList<>(List.of("cp", "-a"));
        for (String part : List.of("pom.xml", ".mvn", "sample-c", "labs", "brkmap")) {
            copy.add(root.resolve(part).toString());
        }
        copy.add(project.toString());
        assertThat(Tool.of(copy).run().succeeded()).isTrue();
        Files.createDirectories(project.resolve("src"));
        assertThat(Tool.of(
                                "cp",
                                "-a",
                                root.resolve("src/main").toString(),
                                project.resolve("src").toString())
                        .run()
                        .succeeded())
                .isTrue();
        Result made = new MavenRun(scratch, project).run("test-compile", "-Plab2");
        assertThat(made.exit()).as(made.output()).isZero();
        return project;
    }

    /** A copy of the compiled project, to be spoilt. */
    static MavenRun copyOf(Path compiled, Path scratch) throws Exception {
        Path project = scratch.resolve("project");
        assertThat(Tool.of("cp", "-a", compiled.toString(), project.toString())
                        .run()
                        .succeeded())
                .isTrue();
        return new MavenRun(scratch, project);
    }

    Path project() {
        return project;
    }

    MavenRun with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** A directory of links to all that is on the PATH but for these programs, by the beginning of their names. */
    MavenRun without(List<String> programs) throws IOException {
        Path bin = Files.createDirectory(scratch.resolve("bin"));
        for (String directory : System.getenv("PATH").split(":")) {
            if (!Files.isDirectory(Path.of(directory))) {
                continue;
            }
            try (Stream<Path> files = Files.list(Path.of(directory))) {
                for (Path file : files.toList()) {
                    String name = file.getFileName().toString();
                    if (programs.stream().noneMatch(name::startsWith) && Files.notExists(bin.resolve(name))) {
                        Files.createSymbolicLink(bin.resolve(name), file);
                    }
                }
            }
        }
        return with("PATH", bin.toString());
    }

    /** How Maven ended, all it said, and what became of each check; no checks if there is no report. */
    record Result(int exit, String output, Map<String, CheckResult> checks) {}

    /** Runs the lab, behind a prefix such as {@code unshare -m}. */
    Result lab(String... prefix) throws Exception {
        List<String> before = files();
        Result result = run(List.of(prefix), "test", "-Plab2");
        assertThat(result.output()).doesNotContain("please report this").doesNotContain("\tat org.brkmap");
        assertThat(files()).as("files of the checkout").isEqualTo(before);
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left.toList()).as("temporary files").isEmpty();
        }
        assertNothingRuns();
        return result;
    }

    Result run(String... goals) throws Exception {
        return run(List.of(), goals);
    }

    private Result run(List<String> prefix, String... goals) throws Exception {
        Path output = scratch.resolve("output");
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of("mvn", "-q", "-B", "-o"));
        command.addAll(List.of(goals));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(project.toFile())
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(output.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
        process.destroyForcibly().waitFor();
        String said = Files.readString(output, StandardCharsets.ISO_8859_1);
        assertThat(ended).as("Maven ended in time; it said: %s", said).isTrue();
        Map<String, CheckResult> checks = new TreeMap<>();
        Path json = project.resolve("target/reports/lab2.json");
        if (Files.exists(json)) {
            ((LabDocument) EvidenceJson.read(Files.readString(json)))
                    .checks()
                    .forEach(check -> checks.put(check.id(), check));
        }
        return new Result(process.exitValue(), said, checks);
    }

    /** What the student has; what a run makes is in target and .brkmap. */
    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(project)) {
            return files.map(file -> project.relativize(file).toString())
                    .filter(name -> !name.startsWith("target") && !name.startsWith(".brkmap"))
                    .sorted()
                    .toList();
        }
    }

    /** Nothing executes a program of the checkout, or works in it; what was killed may take a moment to go. */
    private void assertNothingRuns() throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        List<String> running = running();
        while (!running.isEmpty() && System.nanoTime() < deadline) {
            running = running();
        }
        assertThat(running).as("processes that were left behind").isEmpty();
    }

    private List<String> running() throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> entries = Files.list(Path.of("/proc"))) {
            for (Path process : entries.filter(
                            entry -> entry.getFileName().toString().matches("[0-9]+"))
                    .toList()) {
                for (String link : List.of("exe", "cwd")) {
                    try {
                        Path target = Files.readSymbolicLink(process.resolve(link));
                        if (target.startsWith(project)) {
                            found.add(process.getFileName() + " " + link + " " + target);
                        }
                    } catch (IOException e) {
                        continue; // it is gone, or none of ours
                    }
                }
            }
        }
        return found;
    }
}
