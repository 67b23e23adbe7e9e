package org.brkmap.procfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.brkmap.model.Mapping;
import org.brkmap.model.ProcessLayout;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LiveProcessTest {
    private static final ProcFs PROC = ProcFs.live();
    private static TestProcess sleep;

    @BeforeAll
    static void start() throws Exception {
        sleep = TestProcess.start("sleep", "1000").asleep().stop();
    }

    @AfterAll
    static void end() throws IOException {
        sleep.close();
    }

    @Test
    void smaps_shows_the_mappings_of_maps_with_their_usage() throws IOException {
        List<Mapping> smaps = PROC.smaps(sleep.pid());
        assertThat(smaps).isNotEmpty().allMatch(mapping -> mapping.usage() != null);
        assertThat(smaps.stream().map(mapping -> mapping.withUsage(null)))
                .containsExactlyElementsOf(PROC.maps(sleep.pid()));
    }

    @Test
    void the_layout_points_into_the_mappings_it_names() throws IOException {
        List<Mapping> maps = PROC.maps(sleep.pid());
        ProcessLayout layout = PROC.layout(sleep.pid());
        String executable = layout.executable();
        assertThat(executable).isNotNull();
        assertThat(holding(maps, layout.programHeaders()).backing().name()).isEqualTo(executable);
        assertThat(holding(maps, layout.entry()).backing().name()).isEqualTo(executable);
        assertThat(holding(maps, layout.entry()).permissions().execute()).isTrue();
        assertThat(holding(maps, layout.startStack()).backing().name()).isEqualTo("[stack]");
        assertThat(holding(maps, layout.argStart()).backing().name()).isEqualTo("[stack]");
        assertThat(holding(maps, layout.vdso()).backing().name()).isEqualTo("[vdso]");
        assertThat(holding(maps, layout.startBrk()).backing().name()).isEqualTo("[heap]");
        assertThat(holding(maps, layout.loaderBase()).backing().offset()).isZero();
    }

    @Test
    void a_process_of_one_thread_has_its_own_number_and_name() throws IOException {
        assertThat(PROC.threads(sleep.pid())).containsExactly(sleep.pid());
        assertThat(PROC.threadName(sleep.pid(), sleep.pid())).isEqualTo("sleep");
    }

    private static Mapping holding(List<Mapping> maps, Long address) {
        return maps.stream()
                .filter(mapping -> mapping.range().contains(address))
                .findFirst()
                .orElseThrow(() -> new AssertionError(Long.toHexString(address) + " in " + maps));
    }
}
