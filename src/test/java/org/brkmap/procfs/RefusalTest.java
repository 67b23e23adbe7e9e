package org.brkmap.procfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.brkmap.model.ProcessLayout;
import org.brkmap.procfs.ProcException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefusalTest {
    private static final ProcFs PROC = ProcFs.live();

    /** Above the largest pid that a kernel gives, 2^22. */
    private static final int NOBODY = 1 << 23;

    @TempDir
    Path directory;

    @Test
    void a_process_that_never_was_is_gone() {
        for (ThrowingCallable reading : readings(NOBODY)) {
            assertThatThrownBy(reading)
                    .isInstanceOfSatisfying(
                            ProcException.class, e -> assertThat(e.kind()).isEqualTo(Kind.GONE))
                    .hasMessageContaining("process " + NOBODY + " is gone");
        }
    }

    @Test
    void a_process_that_ended_but_was_not_waited_for_is_gone() throws Exception {
        String program = "import os,signal\npid = os.fork()\nif pid == 0: os._exit(0)\n"
                + "os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)\nprint(pid, flush=True)\nsignal.pause()";
        try (TestProcess parent = TestProcess.python(program)) {
            int zombie = Integer.parseInt(parent.line());
            assertThat(PROC.stat(zombie).state()).isEqualTo('Z');
            for (ThrowingCallable reading : List.<ThrowingCallable>of(
                    () -> PROC.maps(zombie),
                    () -> PROC.smaps(zombie),
                    () -> PROC.smapsRollup(zombie),
                    () -> PROC.auxv(zombie),
                    () -> PROC.exe(zombie),
                    () -> PROC.readMemory(zombie, 4096, new byte[8]))) {
                assertThatThrownBy(reading)
                        .isInstanceOfSatisfying(
                                ProcException.class, e -> assertThat(e.kind()).isEqualTo(Kind.GONE));
            }
            ProcStatus status = PROC.status(zombie);
            assertThat(status.parent()).isEqualTo(parent.pid());
            assertThat(status.virtualSize()).isNull();
            assertThat(status.resident()).isNull();
        }
    }

    @Test
    void a_thread_of_the_kernels_own_has_no_address_space() throws IOException {
        int kernelThread = 2;
        assumeTrue(
                Files.exists(Path.of("/proc/2/stat")) && PROC.stat(kernelThread).isKernelThread(),
                "process 2 is no thread of the kernel here, as in a container");
        assertThat(PROC.maps(kernelThread)).isEmpty();
        assertThat(PROC.stat(kernelThread).startCode()).isNull();
        assertThat(PROC.status(kernelThread).virtualSize()).isNull();
        if (isRoot()) {
            assertThat(PROC.smaps(kernelThread)).isEmpty();
            assertThatThrownBy(() -> PROC.smapsRollup(kernelThread))
                    .isInstanceOfSatisfying(
                            ProcException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
                    .hasMessageContaining("thread of the kernel's own");
            ProcessLayout layout = PROC.layout(kernelThread);
            assertThat(layout.executable()).isNull();
            assertThat(layout.entry()).isNull();
        }
    }

    @Test
    void another_users_process_is_denied() throws IOException {
        assumeTrue(!isRoot(), "root may read every process; run the tests as another user too");
        assumeTrue(PROC.status(1).uid() == 0, "process 1 is not root's here");
        for (ThrowingCallable reading : List.<ThrowingCallable>of(
                () -> PROC.maps(1),
                () -> PROC.smaps(1),
                () -> PROC.smapsRollup(1),
                () -> PROC.auxv(1),
                () -> PROC.exe(1),
                () -> PROC.io(1),
                () -> PROC.syscall(1, 1),
                () -> PROC.fileBehind(1, 0),
                () -> PROC.pages(1, List.of(), 4096),
                () -> PROC.readMemory(1, 4096, new byte[8]))) {
            assertThatThrownBy(reading)
                    .isInstanceOfSatisfying(
                            ProcException.class, e -> assertThat(e.kind()).isEqualTo(Kind.DENIED))
                    .hasMessageContaining("process 1 ")
                    .hasMessageContaining("Run as its owner");
        }
        assertThat(PROC.stat(1).startBrk()).isNull();
        assertThat(PROC.stat(1).startCode()).isNull();
        ProcessLayout layout = PROC.layout(1);
        assertThat(Stream.of(layout.executable(), layout.startStack(), layout.argStart(), layout.entry()))
                .containsOnlyNulls();
    }

    @Test
    void a_process_that_may_not_be_dumped_is_denied_to_its_own_user() throws Exception {
        assumeTrue(!isRoot(), "root may read every process; run the tests as another user too");
        String program = "import ctypes,signal\nctypes.CDLL(None).prctl(4, 0, 0, 0, 0)\n"
                + "print('ready', flush=True)\nsignal.pause()";
        try (TestProcess process = TestProcess.python(program)) {
            assertThat(process.line()).isEqualTo("ready");
            assertThatThrownBy(() -> PROC.maps(process.pid()))
                    .isInstanceOfSatisfying(
                            ProcException.class, e -> assertThat(e.kind()).isEqualTo(Kind.DENIED));
        }
    }

    @Test
    void a_machine_without_proc_is_told_so() {
        Path missing = directory.resolve("proc");
        assertThatThrownBy(() -> ProcFs.at(missing).maps(1))
                .isInstanceOfSatisfying(
                        ProcException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
                .hasMessageContaining("there is no " + missing);
    }

    @Test
    void a_kernel_without_a_file_is_told_so() throws IOException {
        Path process = Files.createDirectories(directory.resolve(Integer.toString(Fixtures.SLEEP)));
        Files.writeString(process.resolve("stat"), Fixtures.text("sleep/" + Fixtures.SLEEP + "/stat"));
        assertThatThrownBy(() -> ProcFs.at(directory).smapsRollup(Fixtures.SLEEP))
                .isInstanceOfSatisfying(
                        ProcException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
                .hasMessageContaining("smaps_rollup");
    }

    @Test
    void smaps_and_maps_that_differ_are_raced() throws IOException {
        Path process = Files.createDirectories(directory.resolve("7"));
        Files.writeString(process.resolve("maps"), "1000-2000 rw-p 00000000 00:00 0 \n");
        Files.writeString(process.resolve("smaps"), "1000-3000 rw-p 00000000 00:00 0 \nRss: 0 kB\n");
        assertThatThrownBy(() -> ProcFs.at(directory).smaps(7))
                .isInstanceOfSatisfying(
                        ProcException.class, e -> assertThat(e.kind()).isEqualTo(Kind.RACED))
                .hasMessageContaining("Stop it first");
    }

    private static List<ThrowingCallable> readings(int pid) {
        return List.of(
                () -> PROC.maps(pid),
                () -> PROC.smaps(pid),
                () -> PROC.smapsRollup(pid),
                () -> PROC.stat(pid),
                () -> PROC.status(pid),
                () -> PROC.auxv(pid),
                () -> PROC.layout(pid),
                () -> PROC.threads(pid),
                () -> PROC.threadName(pid, pid),
                () -> PROC.exe(pid),
                () -> PROC.fileBehind(pid, 0),
                () -> PROC.syscall(pid, pid),
                () -> PROC.wchan(pid, pid),
                () -> PROC.io(pid),
                () -> PROC.pages(pid, List.of(), 4096),
                () -> PROC.readMemory(pid, 4096, new byte[8]));
    }

    private static boolean isRoot() throws IOException {
        return PROC.status((int) ProcessHandle.current().pid()).effectiveUid() == 0;
    }
}
