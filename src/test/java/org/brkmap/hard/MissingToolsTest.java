package org.brkmap.hard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.brkmap.evidence.CheckResult;
import org.brkmap.evidence.CheckStatus;
import org.brkmap.evidence.EvidenceJson;
import org.brkmap.evidence.LabDocument;
import org.brkmap.lab.LabCatalogue;
import org.brkmap.toolchain.NeedsGcc;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All labs where one tool is missing that some of their checks want: those say so, and all others come out as ever. */
@NeedsGcc
@Tag("slow")
class MissingToolsTest {
    @TempDir
    static Path scratch;

    private static final Map<String, Map<String, CheckResult>> COMPLETE = new TreeMap<>();
    private static Checkout checkout;

    @BeforeAll
    static void runAllLabsWithEverythingThatIsInstalled() throws Exception {
        checkout = Checkout.copy(scratch, "checkout");
        for (String lab : LabCatalogue.ids(checkout.project())) {
            COMPLETE.put(lab, run(lab, System.getenv("PATH")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"valgrind", "gdb", "python3", "busybox"})
    void whatWantsItSaysSoAndTheRestGoesOn(String tool) throws Exception {
        Path folder = without(tool);
        for (String lab : COMPLETE.keySet()) {
            Map<String, CheckResult> with = COMPLETE.get(lab);
            Map<String, CheckResult> without = run(lab, folder.toString());

            assertThat(without.keySet()).isEqualTo(with.keySet());
            without.forEach((id, check) -> {
                CheckResult before = with.get(id);
                assertThat(check.status())
                        .as("%s, %s without %s: %s", lab, id, tool, check.actual())
                        .isNotEqualTo(CheckStatus.FAILED);
                if (before.status() == CheckStatus.PASSED && check.status() != CheckStatus.PASSED) {
                    assertThat(check.status()).isEqualTo(CheckStatus.NOT_CHECKED);
                    assertThat(check.actual())
                            .as("why %s of %s is not checked", id, lab)
                            .contains(tool);
                }
            });
        }
    }

    /** JUnit would tell of each link that leads out of the folder. */
    @AfterEach
    void removeLinks() throws IOException {
        try (Stream<Path> files = Files.walk(scratch)) {
            for (Path link : files.filter(Files::isSymbolicLink).toList()) {
                Files.delete(link);
            }
        }
    }

    private static Map<String, CheckResult> run(String lab, String path) throws Exception {
        Checkout.Run run = checkout.run(lab, List.of("env", "PATH=" + path));
        assertThat(run.exit()).as(run.output()).isZero();
        Map<String, CheckResult> checks = new TreeMap<>();
        Path json = checkout.project().resolve("target/reports/" + lab + ".json");
        ((LabDocument) EvidenceJson.read(Files.readString(json)))
                .checks()
                .forEach(check -> checks.put(check.id(), check));
        return checks;
    }

    /** A folder with everything that is on the PATH, but for this program. */
    private static Path without(String tool) throws IOException {
        Path folder = Files.createDirectories(scratch.resolve("without " + tool));
        for (String each : System.getenv("PATH").split(":")) {
            Path programs = Path.of(each);
            if (!each.isEmpty() && Files.isDirectory(programs)) {
                try (Stream<Path> files = Files.list(programs)) {
                    for (Path program : files.toList()) {
                        Path link = folder.resolve(program.getFileName().toString());
                        if (!program.endsWith(tool) && !Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
                            Files.createSymbolicLink(link, program);
                        }
                    }
                }
            }
        }
        return folder;
    }
}
