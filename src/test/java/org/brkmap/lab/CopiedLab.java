package org.brkmap.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.brkmap.evidence.CheckResult;
import org.brkmap.evidence.CheckStatus;
import org.brkmap.toolchain.ProjectFiles;

/** A copy of a lab that a test writes in. */
record CopiedLab(Path root, String lab, Path project) {
    static CopiedLab of(String lab, Path project) throws IOException {
        Path root = ProjectFiles.find().orElseThrow().root();
        LabVerifier.copyLab(root, lab, project);
        return new CopiedLab(root, lab, project);
    }

    Map<String, CheckResult> run(String... exercises) throws IOException {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        return LabRunner.in(root).on(project, true).run(lab, Set.of(exercises), nowhere).checks().stream()
                .collect(Collectors.toMap(CheckResult::id, Function.identity()));
    }

    /** Puts the solution's file in the place of the student's. */
    void solve(String file) throws IOException {
        Files.copy(
                root.resolve("src/test/resources/solutions").resolve(lab).resolve(file),
                file(file),
                StandardCopyOption.REPLACE_EXISTING);
    }

    void edit(String file, String from, String to) throws IOException {
        String before = Files.readString(file(file));
        assertThat(before).as(file).contains(from);
        Files.writeString(file(file), before.replace(from, to));
    }

    void write(String file, String text) throws IOException {
        Files.writeString(file(file), text);
    }

    private Path file(String name) {
        return project.resolve("labs").resolve(lab).resolve(name);
    }

    static List<String> ids(Map<String, CheckResult> checks, CheckStatus status) {
        return checks.values().stream()
                .filter(check -> check.status() == status)
                .map(CheckResult::id)
                .sorted()
                .toList();
    }
}
