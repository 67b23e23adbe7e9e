package org.brkmap.analyse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.brkmap.model.Mapping;
import org.brkmap.model.Observation;
import org.brkmap.model.Role;
import org.brkmap.model.Snapshot;
import org.brkmap.model.TranscriptLine;
import org.brkmap.observe.Launch;
import org.brkmap.toolchain.NeedsGcc;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A program says what is where; the analysis must have found the same. */
@NeedsGcc
class RealRolesTest {

    @ParameterizedTest(name = "{0}, randomised {1}, probed {2}")
    @CsvSource({
        "'-fPIE -pie', true, true",
        "'-fPIE -pie', true, false",
        "'-fPIE -pie', false, true",
        "'-fno-pie -no-pie', true, true",
        "'-fno-pie -no-pie', false, false",
        "'-fPIE -pie -Wl,-z,norelro', true, true",
        "'-fPIE -pie -Wl,-z,noseparate-code', true, true",
        "'-fPIE -pie -Wl,-z,noseparate-code -Wl,-z,norelro', true, true",
        "'-fPIE -pie -Wl,-z,now', true, true",
        "'-static', true, false",
        "'-static', false, false",
        "'-static-pie', true, false",
        "'-static-pie', false, false"
    })
    void everyAddressHasTheRoleItsProgramKnows(String flags, boolean randomised, boolean probed) throws Exception {
        String[] words = (flags + " -pthread").split(" ");
        Launch launch = RealRun.launch(RealRun.fixture("whereabouts.c", words), "/etc/passwd");
        launch = randomised ? launch : launch.withoutRandomisation();
        Analysis analysis = Analyser.analyse(RealRun.observe(probed ? launch : launch.withoutProbe()));

        assertThat(RealRun.faults(analysis)).isEmpty();
        Observation run = analysis.observation();
        Snapshot ready = run.snapshots().stream()
                .filter(snapshot -> snapshot.label().equals("ready"))
                .findFirst()
                .orElseThrow();
        List<String> said = run.transcript().stream()
                .filter(line -> line.direction() == TranscriptLine.Direction.OUT)
                .flatMap(line -> line.text().lines())
                .filter(line -> line.contains(" 0x"))
                .toList();
        assertThat(said).hasSizeGreaterThan(15);
        assertThat(said.stream().map(line -> found(ready, line)))
                .containsExactlyElementsOf(
                        said.stream().map(line -> expected(line, flags)).toList());
    }

    private static String found(Snapshot ready, String line) {
        String address = line.substring(line.indexOf(' ') + 1);
        return ready.mappingAt(Long.decode(address)).map(Mapping::role).orElse(Role.UNKNOWN) + " " + address;
    }

    /** Linked so, the parts lie in one row with what stands for them here. */
    private static String expected(String line, String flags) {
        Map<String, String> instead = Map.of("norelro", "RELRO>DATA", "noseparate-code", "RODATA>TEXT");
        return instead.entrySet().stream()
                .filter(entry -> flags.contains(entry.getKey()))
                .map(entry -> entry.getValue().split(">"))
                .collect(Collectors.collectingAndThen(Collectors.toList(), changes -> {
                    String changed = line;
                    for (String[] change : changes) {
                        changed = changed.replace("PROGRAM_" + change[0], "PROGRAM_" + change[1]);
                    }
                    return changed;
                }));
    }
}
