package org.brkmap.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.brkmap.procfs.ProcFs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotCommandTest {
    private final Shell shell = new Shell();

    @Test
    void everyMappingHasItsRowAndTheTotalIsTheirSum() throws IOException {
        try (Target sh = Target.start("sh", "-c", "echo ready; read line")) {
            sh.line();
            assertThat(shell.run("snapshot", sh.pid())).as(shell.err()).isZero();
            assertThat(shell.out())
                    .contains("process " + sh.pid() + " (sh)", "program text", "heap", "[stack]", "not used");
            Path maps = Path.of("/proc/" + sh.pid() + "/maps");
            for (String row : Files.readAllLines(maps)) {
                assertThat(shell.out()).contains(row.substring(0, row.indexOf(' ')));
            }
        }
    }

    @Test
    void jsonHoldsSizesRolesAndTotals() throws IOException {
        try (Target sh = Target.start("sh", "-c", "echo ready; read line")) {
            sh.line();
            assertThat(shell.run("snapshot", "--json", sh.pid()))
                    .as(shell.err())
                    .isZero();
            JsonObject facts = JsonParser.parseString(shell.out()).getAsJsonObject();
            assertThat(facts.get("schema").getAsString()).isEqualTo("brkmap/snapshot/1");
            JsonArray regions = facts.getAsJsonArray("regions");
            long sum = 0;
            long resident = 0;
            for (JsonElement item : regions) {
                JsonObject region = item.getAsJsonObject();
                boolean counted = region.get("kind").getAsString().equals("mapping")
                        && !region.get("role").getAsString().equals("VSYSCALL");
                sum += counted ? region.get("bytes").getAsLong() : 0;
                resident += counted ? region.get("resident").getAsLong() : 0;
            }
            JsonObject totals = facts.getAsJsonObject("totals");
            assertThat(totals.get("virtual").getAsLong()).isEqualTo(sum).isPositive();
            assertThat(totals.get("resident").getAsLong()).isEqualTo(resident).isPositive();
            assertThat(regions.toString()).contains("PROGRAM_TEXT", "HEAP", "STACK", "LIBRARY_TEXT");
        }
    }

    @Test
    void csvHasOneRowForEachStretch() throws IOException {
        try (Target sh = Target.start("sh", "-c", "echo ready; read line")) {
            sh.line();
            assertThat(shell.run("snapshot", "--csv", sh.pid())).as(shell.err()).isZero();
            List<String> rows = shell.out().lines().toList();
            assertThat(rows.get(0)).startsWith("kind,start,end,bytes,pages");
            assertThat(rows).allSatisfy(row -> assertThat(row.split(",", -1)).hasSize(16));
            assertThat(rows.stream().filter(row -> row.startsWith("mapping,")))
                    .hasSize(ProcFs.live().maps(sh.pid()).size());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "abc", "12x", "99999999999", "1.5", ""})
    void whatIsNoNumberOfAProcessIsAMistakeOfUsage(String word) {
        assertThat(shell.run("snapshot", "--", word)).isEqualTo(2);
        assertThat(shell.err()).contains("is not a process's number");
    }

    @Test
    void csvAndJsonExcludeEachOther() {
        assertThat(shell.run("snapshot", "--csv", "--json", "1")).isEqualTo(2);
        assertThat(shell.err()).contains("mutually exclusive");
    }

    @Test
    void aProcessThatHasEndedIsSaidToBeGone() throws IOException {
        int pid;
        try (Target gone = Target.start("true")) {
            pid = gone.pid();
        }
        assertThat(shell.run("snapshot", pid)).isEqualTo(1);
        assertThat(shell.err()).contains("process " + pid + " is gone");
    }

    @Test
    void aZombieIsSaidToHaveEnded() throws IOException {
        // On a machine that others share somebody may end the parent, and then init takes the zombie away.
        for (int tries = 1; ; tries++) {
            try (Target parent = Target.start(
                    "sh", "-c", "exec 3<&0; (read line <&3) & echo $!; exec tail -f /dev/null </dev/null")) {
                int zombie = Integer.parseInt(parent.line());
                Target.await(
                        "a parent that waits for nobody",
                        () -> ended(parent) || command(parent).equals("tail"));
                parent.write("\n");
                Target.await("a zombie", () -> ended(parent) || Target.state(zombie) == 'Z');
                int status = shell.run("snapshot", zombie);
                if (Target.state(zombie) != 'Z' && ended(parent) && tries < 5) {
                    continue;
                }
                assertThat(Target.state(zombie))
                        .as("state of the child; the parent has ended: " + ended(parent))
                        .isEqualTo('Z');
                assertThat(status).isEqualTo(1);
                assertThat(shell.err()).contains("has ended: it is a zombie", "process " + parent.pid());
                return;
            }
        }
    }

    private static boolean ended(Target process) {
        char state = Target.state(process.pid());
        return state == '-' || state == 'Z' || state == 'X';
    }

    private static String command(Target process) {
        try {
            return ProcFs.live().stat(process.pid()).command();
        } catch (IOException e) {
            return "";
        }
    }

    @Test
    void aThreadOfTheKernelsHasNoAddressSpace() throws IOException {
        int kthreadd = 2;
        assumeTrue(Files.exists(Path.of("/proc/2/stat")), "no threads of the kernel's are to be seen here");
        assumeTrue(ProcFs.live().stat(kthreadd).isKernelThread(), "process 2 is a program's here");
        assertThat(shell.run("snapshot", kthreadd)).isEqualTo(1);
        assertThat(shell.err()).contains("a thread of the kernel's own");
    }
}
