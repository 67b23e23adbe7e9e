package org.brkmap.analyse;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.brkmap.model.CauseKind;
import org.brkmap.model.Observation;
import org.brkmap.model.Role;
import org.brkmap.observe.Launch;
import org.brkmap.observe.Observer;
import org.brkmap.toolchain.BuildException;
import org.brkmap.toolchain.BuildRequest;
import org.brkmap.toolchain.CCompiler;

/** Builds real programs and observes them. */
final class RealRun {
    private static final Path SAMPLES = Path.of("sample-c").toAbsolutePath();
    private static final Path BUILT = Path.of("target", "analyse-tests").toAbsolutePath();
    private static final Path RESOURCES =
            Path.of("src", "test", "resources", "analyse").toAbsolutePath();

    private RealRun() {}

    /** A sample of sample-c, built with these flags beside the usual ones. */
    static Path sample(String source, String... flags) throws IOException, InterruptedException {
        return build(SAMPLES.resolve(source), flags);
    }

    /** A program written for these tests. */
    static Path fixture(String source, String... flags) throws IOException, InterruptedException {
        return build(RESOURCES.resolve(source), flags);
    }

    private static Path build(Path source, String... flags) throws IOException, InterruptedException {
        BuildRequest request = BuildRequest.of(source, BUILT).include(SAMPLES.resolve("common"));
        for (String flag : flags) {
            request = request.flag(flag);
        }
        try {
            return CCompiler.find().build(request).executable();
        } catch (BuildException noArchive) {
            boolean isStatic = Arrays.stream(flags).anyMatch(flag -> flag.startsWith("-static"));
            assumeFalse(isStatic, "no C library to link statically");
            throw noArchive;
        }
    }

    static Launch launch(Path program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(Arrays.asList(arguments));
        return Launch.of(command).withoutPages();
    }

    static Observation observe(Launch launch) throws IOException, InterruptedException {
        return Observer.observe(launch);
    }

    /** What is wrong with an analysis by the rules that hold for every sample, in words; empty if nothing is. */
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
        return faults;
    }
}
