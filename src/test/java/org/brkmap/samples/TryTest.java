package org.brkmap.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.brkmap.analyse.Analyser;
import org.brkmap.analyse.Analysis;
import org.brkmap.lab.LabCatalogue;
import org.brkmap.lab.LabStarter;
import org.brkmap.model.Limits;
import org.brkmap.observe.Launch;
import org.brkmap.observe.Observer;
import org.brkmap.toolchain.BuildRequest;
import org.brkmap.toolchain.NeedsGcc;
import org.brkmap.toolchain.Tool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Does what the headers of the C programs say to try, and asks the kernel whether it is as they say. */
@NeedsGcc
class TryTest {
    private static final int BYTES = 1 << 20;

    @TempDir
    Path scratch;

    static Stream<Path> samples() throws IOException {
        return Samples.sources().stream().map(Samples.FOLDER::resolve);
    }

    /** The C programs of all labs but those that students write in: what those do is the exercise. */
    static List<Path> programsOfLabs() throws IOException {
        Path root = Path.of("").toAbsolutePath();
        List<Path> found = new ArrayList<>();
        for (String lab : LabCatalogue.ids(root)) {
            List<String> students = LabStarter.files(root, lab);
            try (Stream<Path> files = Files.list(root.resolve("labs").resolve(lab))) {
                for (Path file : files.sorted().toList()) {
                    String name = String.valueOf(file.getFileName());
                    if (name.endsWith(".c")
                            && !students.contains(name)
                            && Files.readString(file).contains("\nint main(")) {
                        found.add(file);
                    }
                }
            }
        }
        return found;
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aSampleDoesWhatItsHeaderSays(Path source) throws Exception {
        assertThat(triesOf(source)).as("Try lines of " + source).isNotEmpty();
        tryAll(source);
    }

    @ParameterizedTest
    @MethodSource("programsOfLabs")
    void aProgramOfALabDoesWhatItsHeaderSays(Path source) throws Exception {
        assertThat(triesOf(source)).as("Try lines of " + source).isNotEmpty();
        tryAll(source);
    }

    @Test
    void aWrongPredictionIsTold() throws Exception {
        Path source = Samples.FOLDER.resolve("rewrite/rewrite.c");
        Analysis run = observe(source, triesOf(source).get(0));
        for (String wrong : List.of(
                "ends 0", "has shared memory", "mprotect 1-9", "heap -4K", "from before to never: brk 0", "it sings")) {
            assertThatThrownBy(() -> new Try(List.of(), List.of(), List.of(wrong)).holdsFor(run))
                    .as(wrong)
                    .isInstanceOf(AssertionError.class);
        }
    }

    private void tryAll(Path source) throws Exception {
        for (Try each : triesOf(source)) {
            Analysis run = observe(source, each);
            try {
                each.holdsFor(run);
            } catch (AssertionError e) {
                throw new AssertionError(source.getFileName() + ": Try: " + each + "\n" + e.getMessage(), e);
            }
        }
    }

    private static List<Try> triesOf(Path source) throws IOException {
        return Try.in(
                Files.readString(source), String.valueOf(source.getFileName()).replace(".c", ""));
    }

    private Analysis observe(Path source, Try what) throws Exception {
        BuildRequest request = Samples.request(source).flag("-pthread").flag("-fno-stack-clash-protection");
        if (source.endsWith("copy_uring.c")) {
            assumeTrue(
                    Tool.of("gcc", "-E", "-include", "liburing.h", "-x", "c", "/dev/null")
                            .run()
                            .succeeded(),
                    "liburing's header is not installed");
            request = request.library("-luring");
        }
        for (String flag : what.flags()) {
            request = flag.endsWith(".c") ? withPart(request, source, flag) : request.flag(flag);
        }
        Files.write(scratch.resolve("in.dat"), new byte[BYTES]);
        Duration time = what.endsByItself() ? Duration.ofMinutes(2) : Duration.ofSeconds(3);
        Launch launch = Launch.of(
                        Samples.build(request).toString(),
                        what.arguments().stream()
                                .map(word -> word.replace(
                                        "$$",
                                        Long.toString(ProcessHandle.current().pid())))
                                .toArray(String[]::new))
                .withDirectory(scratch)
                .withLimits(new Limits(time, 4 << 20, 2L << 30, 64));
        return Analyser.analyse(Observer.observe(launch));
    }

    /** Adds a source that lies beside the first; one that students write in as they find it, which need not be pedantic. */
    private static BuildRequest withPart(BuildRequest request, Path source, String part) {
        Path starter = source.resolveSibling("starter").resolve(part);
        return Files.exists(starter)
                ? request.source(starter).include(source.resolveSibling("")).flag("-Wno-pedantic")
                : request.source(source.resolveSibling(part));
    }
}
