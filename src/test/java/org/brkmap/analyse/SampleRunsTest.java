package org.brkmap.analyse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.brkmap.model.CallSite;
import org.brkmap.model.Change;
import org.brkmap.model.ChangeKind;
import org.brkmap.model.Mapping;
import org.brkmap.model.MemoryEvent;
import org.brkmap.model.Role;
import org.brkmap.model.Snapshot;
import org.brkmap.model.UserCall;
import org.brkmap.observe.Launch;
import org.brkmap.toolchain.NeedsGcc;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NeedsGcc
class SampleRunsTest {
    @TempDir
    Path scratch;

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource({
        "hello/hello.c, '', 1",
        "alloc_size/alloc_size.c, '', ''",
        "alloc_size/alloc_size.c, -DSIZE=(64*1024), ''",
        "alloc_size/alloc_size.c, -DSIZE=(256*1024), ''",
        "neighbours/neighbours.c, '', ''",
        "threshold/threshold.c, '', 131072 fresh",
        "threshold/threshold.c, '', 131072 exhausted",
        "threshold/threshold.c, '', 131072 pinned-by-env",
        "modify-areas/modify-areas.c, '', ''",
        "modify-areas/modify-areas.c, -DTEXT -DRODATA -DDATA -DBSS -DHEAP -DSTACK, ''",
        "modify-areas/modify-areas.c, '', 1000",
        "static-dynamic/static-dynamic.c, -fPIE -pie, ''",
        "static-dynamic/static-dynamic.c, -fno-pie -no-pie, ''",
        "static-dynamic/static-dynamic.c, -static, ''",
        "static-dynamic/static-dynamic.c, -static-pie, ''",
        "mmap_copy/mmap_copy.c, '', in.dat out.dat",
        "read_write_copy/read_write_copy.c, '', in.dat out.dat",
        "misbehave/crash.c, '', null"
    })
    void everyChangeIsExplainedAndTheReplayEqualsEverySnapshot(String source, String flags, String arguments)
            throws Exception {
        Files.write(scratch.resolve("in.dat"), new byte[300_000]);
        Path program = RealRun.sample(source, words(flags));
        Launch launch = RealRun.launch(program, words(arguments)).withDirectory(scratch);

        for (Launch each : List.of(launch, launch.withoutRandomisation(), launch.withoutProbe())) {
            Analysis analysis = Analyser.analyse(RealRun.observe(each));
            assertThat(RealRun.faults(analysis)).isEmpty();
            assertThat(analysis.changes()).isNotEmpty();
        }
    }

    @Test
    void theCauseOfGrowthIsTheLineThatAllocates() throws Exception {
        Analysis analysis = Analyser.analyse(
                RealRun.observe(RealRun.launch(RealRun.sample("alloc_size/alloc_size.c", "-DSIZE=(256*1024)"))));
        List<String> lines = Files.readAllLines(Path.of("sample-c/alloc_size/alloc_size.c"));

        List<Change> grown = analysis.changes().stream()
                .filter(change ->
                        change.role() == Role.ANONYMOUS && change.causedBy().size() == 1)
                .filter(change -> cause(analysis, change) != null)
                .toList();
        assertThat(grown).hasSize(11);
        for (Change change : grown) {
            UserCall call = cause(analysis, change);
            CallSite site = call.site();
            assertThat(lines.get(site.line() - 1)).contains(call.operation() + "(");
            assertThat(site.file()).endsWith("alloc_size.c");
            assertThat(site.function()).isEqualTo("main");
        }
        assertThat(grown).extracting(Change::bytes).containsOnly(266240L, -266240L);
        assertThat(grown.get(grown.size() - 1).bytes()).isNegative();
    }

    private static UserCall cause(Analysis analysis, Change change) {
        MemoryEvent event =
                analysis.observation().events().get(change.causedBy().get(0).intValue());
        return event.cause();
    }

    @Test
    void aCrashIsNamedByItsLine() throws Exception {
        Analysis analysis =
                Analyser.analyse(RealRun.observe(RealRun.launch(RealRun.sample("misbehave/crash.c"), "null")));
        CallSite where = analysis.observation().ending().where();
        assertThat(where).isNotNull();
        assertThat(where.file()).endsWith("crash.c");
        String line = Files.readAllLines(Path.of("sample-c/misbehave/crash.c")).get(where.line() - 1);
        assertThat(line).contains("=");
    }

    @Test
    void twoRunsWithOtherAddressesHaveEqualFingerprintsAndPlaces() throws Exception {
        Launch launch = RealRun.launch(RealRun.sample("neighbours/neighbours.c"));
        Analysis one = Analyser.analyse(RealRun.observe(launch));
        Analysis other = Analyser.analyse(RealRun.observe(launch));

        assertThat(fingerprints(one)).isEqualTo(fingerprints(other)).isNotEmpty();
        assertThat(places(one)).isEqualTo(places(other)).isNotEmpty();
        assertThat(one.changes()).isNotEqualTo(other.changes());
    }

    @Test
    void theProbeLeavesNoTraceInWhatIsCounted() throws Exception {
        Launch launch = RealRun.launch(RealRun.sample("neighbours/neighbours.c"));
        Analysis probed = Analyser.analyse(RealRun.observe(launch));
        Analysis plain = Analyser.analyse(RealRun.observe(launch.withoutProbe()));

        assertThat(bytesByRole(probed)).isEqualTo(bytesByRole(plain)).hasSizeGreaterThan(3);
    }

    private static List<Map<Role, Long>> bytesByRole(Analysis analysis) {
        return analysis.observation().snapshots().stream()
                .map(snapshot -> snapshot.mappings().stream()
                        .filter(mapping -> mapping.role().isCounted())
                        .collect(Collectors.groupingBy(Mapping::role, Collectors.summingLong(Mapping::size))))
                .toList();
    }

    private static List<Fingerprint> fingerprints(Analysis analysis) {
        return analysis.observation().snapshots().stream().map(Fingerprint::of).toList();
    }

    private static List<String> places(Analysis analysis) {
        return analysis.changes().stream()
                .filter(change -> change.kind() != ChangeKind.RESIDENCY)
                .map(Change::at)
                .toList();
    }

    @Test
    void theLastStepBeforeASnapshotShowsItsIntervalsAndRoles() throws Exception {
        Analysis analysis =
                Analyser.analyse(RealRun.observe(RealRun.launch(RealRun.sample("neighbours/neighbours.c"))));
        Replay replay = Replay.of(analysis.observation());
        for (Snapshot snapshot : analysis.observation().snapshots()) {
            if (snapshot.eventsBefore() > 0) {
                assertThat(replay.stateAfter(snapshot.pid(), snapshot.eventsBefore() - 1)
                                .orElseThrow())
                        .extracting(mapping -> mapping.role() + " " + mapping.permissions())
                        .containsExactlyElementsOf(Intervals.join(snapshot.mappings()).stream()
                                .map(mapping -> mapping.role() + " " + mapping.permissions())
                                .toList());
            }
        }
    }

    private static String[] words(String text) {
        List<String> words = new ArrayList<>(Arrays.asList(text.split(" ")));
        words.removeIf(String::isEmpty);
        return words.toArray(String[]::new);
    }
}
