package org.brkmap.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import org.brkmap.procfs.ProcFs;
import org.brkmap.toolchain.Tool;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Small measurements of real things: that all is measured, not how fast it is. */
class SelfBenchTest {
    @BeforeAll
    static void needsGcc() {
        assumeTrue(Tool.exists("gcc"), "gcc is not installed");
    }

    @Test
    void everything_is_measured_and_told_while_it_is() throws Exception {
        List<String> progress = new ArrayList<>();
        SelfReport report = new SelfBench(1, 100, 0, 1000).run(progress::add);
        assertThat(progress).contains("run: round 1 of 1", "tracing: round 1 of 1", "maps: round 1 of 1");
        assertThat(report.figures())
                .extracting(figure -> figure.what().strip())
                .anyMatch(what -> what.startsWith("alloc_size"))
                .anyMatch(what -> what.startsWith("brkmap / strace"))
                .anyMatch(what -> what.startsWith("malloc probe"))
                .anyMatch(what -> what.startsWith("a checkpoint"))
                .anyMatch(what -> what.startsWith("its report"))
                .anyMatch(what -> what.startsWith("brkmap version"))
                .anyMatch(what -> what.matches("[0-9,]+ mappings into records"))
                .anyMatch(what -> what.endsWith("(smaps) into records"))
                .noneMatch(what -> what.startsWith("60,000"));
        assertThat(report.figures())
                .filteredOn(figure -> figure.estimate() != null)
                .allSatisfy(figure -> {
                    assertThat(figure.estimate().count()).isEqualTo(1);
                    assertThat(figure.median()).isNotEqualTo("n/a");
                });
    }

    @Test
    void the_yardstick_reads_the_rows_and_names_that_maps_has() throws Exception {
        String program = Programs.find().path("read_maps", "-O2");
        Process process = new ProcessBuilder("sleep", "1000").start();
        try {
            awaitSleep(process.pid());
            var maps = ProcFs.live().maps((int) process.pid());
            int names = maps.stream()
                    .mapToInt(mapping -> mapping.backing().name().length())
                    .sum();
            assertThat(Tool.run(List.of(program, String.valueOf(process.pid()), "2"))
                            .stdout()
                            .lines())
                    .hasSize(2)
                    .allMatch(line -> line.matches(maps.size() + " " + names + " [0-9]+"));
            assertThat(Tool.run(List.of(program, "-s", String.valueOf(process.pid())))
                            .stdout())
                    .matches(maps.size() + " " + names + " [0-9]+\n");
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /** It has mapped all it will map when it sleeps in the call that it is for. */
    private static void awaitSleep(long pid) throws Exception {
        while (ProcFs.live().syscall((int) pid, (int) pid).number() == null
                || !ProcFs.live().exe((int) pid).endsWith("sleep")
                || ProcFs.live().stat((int) pid).state() != 'S') {
            Thread.onSpinWait();
        }
    }
}
