package org.brkmap.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** A lab on a machine without gcc: a JVM of its own, whose PATH is an empty directory. */
class MissingCompilerTest {
    @TempDir
    Path directory;

    @Test
    void aMissingCompilerFailsOneCheckThatSaysWhatToInstall() throws IOException, InterruptedException {
        Path output = directory.resolve("output");
        ProcessBuilder java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Dfile.encoding=UTF-8",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Inside.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        java.environment()
                .put("PATH", Files.createDirectory(directory.resolve("empty")).toString());
        java.environment().remove("BRKMAP_CC");
        Process process = java.start();
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertThat(ended).as("the lab ended within a minute").isTrue();
        assertThat(Files.readString(output, StandardCharsets.UTF_8))
                .contains("gcc is not on the PATH", "apt install build-essential")
                .contains("not checked: gcc is not installed")
                .contains("3 checks: 0 passed, 1 failed, 2 not checked")
                .contains("Report: ");
    }

    /** What the other JVM runs. */
    static final class Inside {
        private Inside() {}

        public static void main(String[] args) {
            LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                    .selectors(selectClass(FakeLabs.Programs.class))
                    .configurationParameter(FakeLabs.SOURCES, args[0])
                    .configurationParameter(LabExtension.REPORTS, args[0])
                    .build();
            LauncherFactory.create().execute(request);
        }
    }
}
