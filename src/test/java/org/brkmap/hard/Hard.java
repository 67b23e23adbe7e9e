package org.brkmap.hard;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.brkmap.analyse.Analyser;
import org.brkmap.analyse.Analysis;
import org.brkmap.analyse.Replay;
import org.brkmap.model.CauseKind;
import org.brkmap.model.Role;
import org.brkmap.observe.Launch;
import org.brkmap.observe.Observer;
import org.brkmap.toolchain.BuildRequest;
import org.brkmap.toolchain.CCompiler;
import org.brkmap.toolchain.ProjectFiles;
import org.brkmap.toolchain.Tool;

/** Builds alloc_size as another compiler would, observes it, and says what is wrong with what was seen. */
final class Hard {
    static final int SIZE = 256 * 1024;

    private static final ProjectFiles PROJECT = ProjectFiles.find().orElseThrow();

    private Hard() {}

    /** alloc_size with blocks of {@link #SIZE}; the test is skipped where there is no such compiler. */
    static Path allocSize(String compiler, String... flags) throws Exception {
        assumeTrue(Tool.exists(compiler), compiler + " is not installed");
        BuildRequest request = BuildRequest.of(
                        PROJECT.sampleC().resolve("alloc_size/alloc_size.c"),
                        PROJECT.target().resolve("hard-tests/" + compiler))
                .define("SIZE", SIZE);
        for (String flag : flags) {
            request = request.flag(flag);
        }
        return CCompiler.find(compiler).build(request).executable();
    }

    /** A program of src/test/c; the test is skipped where there is no such compiler. */
    static Path program(String compiler, String name, String... flags) throws Exception {
        assumeTrue(Tool.exists(compiler), compiler + " is not installed");
        BuildRequest request = BuildRequest.of(
                        PROJECT.root().resolve("src/test/c/" + name + ".c"),
                        PROJECT.target().resolve("hard-tests/" + compiler))
                .include(PROJECT.sampleC().resolve("common"))
                .flag("-Werror");
        for (String flag : flags) {
            request = request.flag(flag);
        }
        return CCompiler.find(compiler).build(request).executable();
    }

    static Analysis analyse(Launch launch) throws Exception {
        return Analyser.analyse(Observer.observe(launch));
    }

    /** A shared library somewhere below /usr/lib; the test is skipped where it is not. */
    static Path library(String name) throws Exception {
        try (Stream<Path> files = Files.find(
                Path.of("/usr/lib"),
                2,
                (file, attributes) -> file.getFileName().toString().equals(name))) {
            Path found = files.findFirst().orElse(null);
            assumeTrue(found != null, name + " is not installed");
            return found;
        }
    }

    /** What breaks the rules that hold for every program, in words; empty if nothing does. */
    static List<String> faults(Analysis analysis) {
        List<String> faults = new ArrayList<>();
        analysis.changes().stream()
                .filter(change -> change.cause() == CauseKind.UNEXPLAINED)
                .forEach(change -> faults.add("unexplained: " + change));
        Replay.of(analysis.observation()).discrepancies().forEach(found -> faults.add(found.describe()));
        analysis.observation()
                .snapshots()
                .forEach(snapshot -> snapshot.mappings().stream()
                        .filter(mapping -> mapping.role() == Role.OTHER || mapping.role() == Role.UNKNOWN)
                        .forEach(mapping -> faults.add("no role: " + mapping)));
        if (!analysis.observation().ending().isSuccess()) {
            faults.add("ended: " + analysis.observation().ending());
        }
        return faults;
    }
}
