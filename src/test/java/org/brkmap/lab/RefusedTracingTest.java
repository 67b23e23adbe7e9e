package org.brkmap.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.brkmap.evidence.CheckResult;
import org.brkmap.evidence.CheckStatus;
import org.brkmap.evidence.EvidenceJson;
import org.brkmap.evidence.LabDocument;
import org.brkmap.toolchain.BuildRequest;
import org.brkmap.toolchain.CCompiler;
import org.brkmap.toolchain.NeedsGcc;
import org.brkmap.toolchain.ProjectFiles;
import org.brkmap.toolchain.Tool;
import org.brkmap.toolchain.ToolResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Lab 2 in a JVM of its own under a system call filter that refuses ptrace. */
@NeedsGcc
@Timeout(240)
class RefusedTracingTest {
    private static final ProjectFiles PROJECT = ProjectFiles.find().orElseThrow();

    @TempDir
    Path reports;

    @Test
    void checksThatNeedCallsAreNotCheckedAndSayWhy() throws Exception {
        Path deny = CCompiler.find()
                .build(BuildRequest.of(
                                PROJECT.root().resolve("src/test/c/deny-ptrace.c"),
                                PROJECT.target().resolve("observe-tests"))
                        .include(PROJECT.sampleC().resolve("common"))
                        .flag("-Werror"))
                .executable();
        ToolResult result = Tool.of(List.of(
                        deny.toString(),
                        "ptrace",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+IgnoreUnrecognizedVMOptions",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Inside.class.getName(),
                        reports.toString()))
                .in(PROJECT.root())
                .wallLimit(Duration.ofMinutes(3))
                .run();

        assertThat(result.succeeded()).as(result.stdout() + result.stderr()).isTrue();
        assertThat(result.stdout())
                .contains("not checked: which call does what cannot be seen here, for ptrace is refused")
                .contains(" 0 passed, ")
                .doesNotContain(" failed,");
        try (Stream<Path> files = Files.list(reports)) {
            Path json = files.filter(file -> file.toString().endsWith(".json"))
                    .findFirst()
                    .orElseThrow();
            LabDocument document = (LabDocument) EvidenceJson.read(Files.readString(json));
            assertThat(document.checks())
                    .as("all but exercises that nobody has begun")
                    .filteredOn(check -> check.status() != CheckStatus.SKIPPED)
                    .isNotEmpty()
                    .extracting(CheckResult::status)
                    .containsOnly(CheckStatus.NOT_CHECKED);
            assertThat(document.checks())
                    .filteredOn(check -> check.status() == CheckStatus.SKIPPED)
                    .allSatisfy(check -> assertThat(check.exercise()).isNotNull());
            assertThat(document.runs())
                    .extracting(run -> run.analysis().observation().snapshots().size())
                    .anyMatch(snapshots -> snapshots > 10);
        }
    }

    /** What the other JVM runs. */
    static final class Inside {
        private Inside() {}

        public static void main(String[] args) {
            LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                    .selectors(selectPackage("lab2"))
                    .configurationParameter(LabExtension.REPORTS, args[0])
                    .build();
            LauncherFactory.create().execute(request);
        }
    }
}
