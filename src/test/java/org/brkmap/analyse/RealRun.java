package org.brkmap.analyse;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.brkmap.model.Observation;
import org.brkmap.observe.Launch;
import org.brkmap.observe.Observer;
import org.brkmap.toolchain.BuildRequest;
import org.brkmap.toolchain.BuiltProgram;
import org.brkmap.toolchain.CCompiler;

/** Builds real programs and observes them. */
final class RealRun {
    private static final Path SAMPLES = Path.of("sample-c").toAbsolutePath();
    private static final Path BUILT = Path.of("target", "analyse-tests").toAbsolutePath();
    private static final Path RESOURCES =
            Path.of("src", "test", "resources", "analyse").toAbsolutePath();

    private RealRun() {}

    /** A sample of sample-c; words that begin with a dash or hold an equals sign are for the compiler. */
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
        BuiltProgram built = CCompiler.find().build(request);
        return built.executable();
    }

    static Launch launch(Path program, String... arguments) {
        List<String> command = new java.util.ArrayList<>(List.of(program.toString()));
        command.addAll(Arrays.asList(arguments));
        return Launch.of(command).withoutPages();
    }

    static Observation observe(Launch launch) throws IOException, InterruptedException {
        return Observer.observe(launch);
    }

    /** What is wrong with an analysis by the rules that hold for every sample, in words; empty if nothing is. */
    static List<String> faults(Analysis analysis) {
        List<String> faults = new java.util.ArrayList<>();
        analysis.changes().stream()
                .filter(change -> change.cause() == org.brkmap.model.CauseKind.UNEXPLAINED)
                .forEach(change -> faults.add("unexplained: " + change));
        Replay.of(analysis.observation()).discrepancies().forEach(found -> faults.add(found.describe()));
        analysis.observation()
                .snapshots()
                .forEach(snapshot -> snapshot.mappings().stream()
                        .filter(mapping -> mapping.role() == org.brkmap.model.Role.OTHER
                                || mapping.role() == org.brkmap.model.Role.UNKNOWN)
                        .forEach(mapping -> faults.add("no role: " + mapping)));
        return faults;
    }
}
