package org.brkmap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.brkmap.libc.Signal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a class that is being graded has left when it is ended, and that --resume repeats none of it. */
@Timeout(300)
class GradeEndedTest {
    private static final int REPORTS = 1500;

    @TempDir
    private Path folder;

    private Path reports;
    private Path out;

    @BeforeEach
    void aClass() throws IOException {
        reports = Files.createDirectories(folder.resolve("reports"));
        out = folder.resolve("graded");
        StringBuilder roster = new StringBuilder("id\n");
        for (int i = 0; i < REPORTS; i++) {
            roster.append("s").append(i).append('\n');
            Files.writeString(reports.resolve("s" + i + ".html"), "<p>no evidence " + i + "</p>");
        }
        Files.writeString(folder.resolve("roster.csv"), roster);
    }

    @ParameterizedTest
    @EnumSource(
            value = Signal.class,
            names = {"SIGINT", "SIGTERM", "SIGKILL"})
    void what_is_graded_is_whole_and_is_not_graded_again(Signal signal) throws Exception {
        try (Outside first = grade()) {
            Target.await("some results", () -> !first.isRunning() || results().size() > 20);
            first.signal(signal);
            assertThat(first.status()).as(first.err()).isEqualTo(128 + signal.number());
        }
        Map<String, String> kept = results();
        assertThat(kept).hasSizeBetween(21, REPORTS - 1);
        assertThat(out.resolve("gradebook.html")).doesNotExist();

        try (Outside again = grade("--resume")) {
            assertThat(again.status()).as(again.err()).isZero();
            assertThat(again.out()).contains(REPORTS + " reports graded");
        }

        Map<String, String> all = results();
        assertThat(all).hasSize(REPORTS).containsAllEntriesOf(kept);
        assertThat(Files.readAllLines(out.resolve("gradebook.csv"))).hasSize(REPORTS + 1);
    }

    private Outside grade(String... further) throws IOException {
        Object[] words = Stream.concat(
                        Stream.of("grade", "reports", reports, "--roster", folder.resolve("roster.csv"), "--out", out),
                        Stream.of(further))
                .toArray();
        return Outside.start(folder, words);
    }

    /** Which file each result is: one that is written again is another file. */
    private Map<String, String> results() {
        Path results = out.resolve("results");
        if (!Files.isDirectory(results)) {
            return new TreeMap<>();
        }
        try (Stream<Path> files = Files.list(results)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString(),
                            GradeEndedTest::identity,
                            (a, b) -> a,
                            TreeMap::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String identity(Path file) {
        try {
            return Files.getAttribute(file, "unix:ino") + " " + Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
