package org.brkmap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.brkmap.libc.Signal;
import org.brkmap.toolchain.NeedsGcc;
import org.brkmap.toolchain.ProjectFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is left of a benchmark that is ended in the middle: whole files, finished rounds, no scratch. */
@NeedsGcc
@Timeout(300)
class BenchEndedTest {
    private static final int MANY_ROUNDS = 1000;

    @TempDir
    private Path out;

    @TempDir
    private Path said;

    @Test
    void afterCtrlCTheFinishedRoundsAreWrittenAndNoScratchIsLeft() throws Exception {
        try (Outside bench = started(MANY_ROUNDS)) {
            awaitRound(bench);
            bench.signal(Signal.SIGINT);
            bench.status();
            JsonObject json = results();
            assertThat(json.get("finished").getAsBoolean()).isFalse();
            assertThat(json.get("notes").toString()).contains("interrupted");
            assertThat(runsOfEachWay(json)).hasSize(1).doesNotContain(0, MANY_ROUNDS);
            assertThat(Files.readString(out.resolve("copy.html"))).contains("cut short");
            assertThat(names()).containsExactlyInAnyOrder("copy.csv", "copy.html", "copy.json");
        }
    }

    @Test
    void afterSigkillEachFileOfTheResultsIsWholeOrAbsentAndTheNextRunRemovesTheScratch() throws Exception {
        try (Outside bench = started(10)) {
            int cells = 0;
            while (cells < 2 && bench.isRunning()) {
                if (Files.exists(out.resolve("copy.json"))) {
                    cells = results().getAsJsonArray("cells").size();
                }
            }
            bench.signal(Signal.SIGKILL);
            assertThat(bench.status()).as(bench.err()).isEqualTo(137);
        }
        assertThat(runsOfEachWay(results())).containsExactly(10);
        List<String> csv = Files.readAllLines(out.resolve("copy.csv"));
        assertThat(csv)
                .allSatisfy(line ->
                        assertThat(line.split(",", -1)).hasSameSizeAs(csv.get(0).split(",", -1)));
        assertThat(Files.readString(out.resolve("copy.html")).stripTrailing()).endsWith("</html>");
        try (Outside bench = Outside.start(said, words(10, "4k"))) {
            assertThat(bench.status()).as(bench.err()).isZero();
        }
        assertThat(names()).noneMatch(name -> name.startsWith("brkmap-copy"));
    }

    @ParameterizedTest
    @EnumSource(
            value = Signal.class,
            names = {"SIGINT", "SIGTERM"})
    void ofClassesThatAreGradedNothingIsLeft(Signal signal) throws Exception {
        Set<Path> before = classes();
        try (Outside bench = Outside.start(said, "bench", "grade", "--sizes", "1", "--reruns", "0")) {
            Target.await("a report", () -> !bench.isRunning() || bench.err().contains("a report: 1 of"));
            assertThat(classes()).hasSizeGreaterThan(before.size());
            bench.signal(signal);
            assertThat(bench.status()).as(bench.err()).isEqualTo(128 + signal.number());
            assertThat(bench.err()).doesNotContain("brkmap:");
        }
        assertThat(classes()).isEqualTo(before);
    }

    private static Set<Path> classes() throws IOException {
        try (Stream<Path> files = Files.list(ProjectFiles.find().orElseThrow().target())) {
            return files.filter(file -> file.getFileName().toString().startsWith("bench-grade-"))
                    .collect(Collectors.toSet());
        }
    }

    private Outside started(int rounds) throws IOException {
        return Outside.start(said, words(rounds, "4k,8k,16k,32k,64k"));
    }

    private Object[] words(int rounds, String sizes) {
        return new Object[] {
            "bench",
            "copy",
            "--sizes",
            sizes,
            "--rounds",
            rounds,
            "--cache",
            "warm",
            "--destination",
            "overwritten",
            "--only",
            "sendfile",
            "--out",
            out
        };
    }

    /** Until the first copy is made; the first round is over with the next of them. */
    private void awaitRound(Outside bench) throws IOException {
        while (bench.isRunning() && bench.err().isEmpty()) {
            Thread.onSpinWait();
        }
        Set<Object> seen = new TreeSet<>();
        while (bench.isRunning() && seen.size() < 20) {
            try (Stream<Path> scratch = Files.list(out)) {
                Path destination = scratch.findFirst().orElse(out).resolve("destination");
                seen.add(
                        Files.exists(destination)
                                ? Files.getLastModifiedTime(destination).toString()
                                : "");
            }
        }
    }

    private JsonObject results() throws IOException {
        return JsonParser.parseString(Files.readString(out.resolve("copy.json")))
                .getAsJsonObject();
    }

    /** How many runs each way has in each cell: different numbers only. */
    private static Set<Integer> runsOfEachWay(JsonObject json) {
        Set<Integer> counts = new TreeSet<>();
        for (JsonElement cell : json.getAsJsonArray("cells")) {
            JsonArray ways = cell.getAsJsonObject().getAsJsonArray("strategies");
            for (JsonElement way : ways) {
                counts.add(way.getAsJsonObject().getAsJsonArray("runs").size());
            }
        }
        return counts;
    }

    private List<String> names() {
        return Arrays.asList(out.toFile().list());
    }
}
