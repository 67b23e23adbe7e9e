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

    static List<Path> programsOfLabs() throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Samples.FOLDER.resolveSibling("labs"), 2)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".c"))
                    .sorted()
                    .toList()) {
                if (Files.readString(file).contains("\n   Try: ")) {
                    found.add(file);
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

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("programsOfLabs")
    void aProgramOfALabDoesWhatItsHeaderSays(Path source) throws Exception {
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
            request = request.flag(flag);
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
}
