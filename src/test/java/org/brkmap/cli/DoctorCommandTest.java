package org.brkmap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.brkmap.procfs.KernelFeatures;
import org.brkmap.toolchain.NeedsGcc;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The doctor on machines that lack something. */
@NeedsGcc
@Timeout(180)
class DoctorCommandTest {
    @TempDir
    private Path directory;

    @Test
    void lowLimitsAreNamedWithWhatIsLostAndWhatHelps() throws Exception {
        Map<String, JsonObject> findings = examined("ulimit -s 512; ulimit -d 900000; ulimit -n 200", Map.of());
        for (String name : List.of("RLIMIT_STACK", "RLIMIT_DATA", "RLIMIT_NOFILE")) {
            JsonObject finding = findings.get(name);
            assertThat(finding.get("status").getAsString()).as(name).isEqualTo("limited");
            assertThat(finding.get("lost").getAsString()).isNotEmpty();
            assertThat(finding.get("remedy").getAsString()).startsWith("ulimit -");
        }
        assertThat(findings.get("RLIMIT_STACK").get("detail").getAsString()).contains("512 KiB");
        assertThat(findings.get("RLIMIT_NOFILE").get("detail").getAsString()).contains("200");
        assertThat(findings).containsKey("RLIMIT_AS");
    }

    @Test
    void theKernelsFeaturesAreThoseThatSnapshotsUse() throws Exception {
        Map<String, JsonObject> findings = examined(":", Map.of());
        assertThat(isOk(findings, "smaps")).isTrue();
        assertThat(isOk(findings, "pagemap")).isTrue();
        KernelFeatures features = KernelFeatures.ofThisKernel();
        assertThat(isOk(findings, "PROCMAP_QUERY")).isEqualTo(features.mappingQuery());
        assertThat(isOk(findings, "PAGEMAP_SCAN")).isEqualTo(features.pageScan());
        Path setting = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");
        if (Files.exists(setting)) {
            String state = Files.readString(setting).strip();
            assertThat(findings.get("huge pages").get("detail").getAsString()).contains(state);
            assertThat(isOk(findings, "huge pages")).isEqualTo(!state.contains("[always]"));
        }
    }

    @Test
    void withoutToolsTheLabsCannotRunAndEachHasItsPackages() throws Exception {
        try (Outside doctor =
                Outside.start(directory, Map.of("PATH", directory.toString()), Outside.command("doctor", "--json"))) {
            assertThat(doctor.status()).as(doctor.err()).isEqualTo(1);
            JsonObject facts = JsonParser.parseString(doctor.out()).getAsJsonObject();
            assertThat(facts.get("labsCanRun").getAsBoolean()).isFalse();
            Map<String, JsonObject> findings = byName(facts);
            for (String tool :
                    List.of("gcc", "make", "addr2line", "readelf", "valgrind", "gdb", "strace", "perf", "clang")) {
                assertThat(findings.get(tool).get("status").getAsString()).isEqualTo("missing");
                assertThat(findings.get(tool).get("remedy").getAsString())
                        .as(tool)
                        .contains("apt install ", "dnf install ", "pacman -S ", "apk add ");
            }
        }
    }

    private Map<String, JsonObject> examined(String first, Map<String, String> environment) throws Exception {
        List<String> command = new ArrayList<>(List.of("sh", "-c", first + "; exec \"$@\"", "sh"));
        command.addAll(Outside.command("doctor", "--json"));
        try (Outside doctor = Outside.start(directory, environment, command)) {
            assertThat(doctor.status()).as(doctor.err()).isBetween(0, 1);
            return byName(JsonParser.parseString(doctor.out()).getAsJsonObject());
        }
    }

    private static Map<String, JsonObject> byName(JsonObject facts) {
        Map<String, JsonObject> findings = new HashMap<>();
        for (JsonElement item : facts.getAsJsonArray("findings")) {
            JsonObject finding = item.getAsJsonObject();
            findings.put(finding.get("name").getAsString(), finding);
        }
        return findings;
    }

    private static boolean isOk(Map<String, JsonObject> findings, String name) {
        return findings.get(name).get("status").getAsString().equals("ok");
    }
}
