package org.brkmap.procfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The folders of control groups, by what cgroups(7) and proc(5) show. */
class ControlGroupsTest {
    @Test
    void version_2_is_one_hierarchy() {
        ControlGroups groups = ControlGroups.parse(
                "0::/user.slice/user-1000.slice\n",
                "25 20 0:22 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate\n");

        assertThat(groups.unified()).contains(Path.of("/sys/fs/cgroup/user.slice/user-1000.slice"));
        assertThat(groups.of("memory")).isEmpty();
    }

    @Test
    void version_1_has_a_hierarchy_for_each_controller_or_some() {
        ControlGroups groups = ControlGroups.parse("4:memory:/a\n3:cpu,cpuacct:/b\n1:name=systemd:/c\n0::/d\n", """
                30 25 0:27 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory
                31 25 0:28 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct
                """);

        assertThat(groups.of("memory")).contains(Path.of("/sys/fs/cgroup/memory/a"));
        assertThat(groups.of("cpuacct")).contains(Path.of("/sys/fs/cgroup/cpu,cpuacct/b"));
        assertThat(groups.of("pids")).isEmpty();
        assertThat(groups.unified()).isEmpty();
    }

    @Test
    void a_container_sees_its_own_part_and_may_be_told_the_whole_name() {
        String mount = "40 30 0:27 /docker/12 /sys/fs/cgroup/my\\040memory ro - cgroup cgroup rw,memory\n";

        assertThat(ControlGroups.parse("4:memory:/docker/12/job\n", mount).of("memory"))
                .contains(Path.of("/sys/fs/cgroup/my memory/job"));
        assertThat(ControlGroups.parse("4:memory:/docker/12\n", mount).of("memory"))
                .contains(Path.of("/sys/fs/cgroup/my memory"));
    }

    @Test
    void what_this_machine_shows_is_there() throws Exception {
        ControlGroups groups = ProcFs.live().controlGroups();

        groups.unified()
                .ifPresent(folder -> assertThat(Files.isDirectory(folder))
                        .as(folder.toString())
                        .isTrue());
        groups.of("memory")
                .ifPresent(folder -> assertThat(folder.resolve("cgroup.procs")).exists());
    }

    @Test
    void a_broken_line_is_passed_over() {
        assertThat(ControlGroups.parse("memory\n", "30 25 -\n").of("memory")).isEmpty();
    }
}
