package org.brkmap.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.brkmap.analyse.Analyser;
import org.brkmap.evidence.EvidenceJson;
import org.brkmap.evidence.RunDocument;
import org.brkmap.evidence.Schema;
import org.brkmap.model.CauseKind;
import org.brkmap.model.Change;
import org.brkmap.model.ChangeKind;
import org.brkmap.model.CheckpointKind;
import org.brkmap.model.MemoryEvent;
import org.brkmap.model.Observation;
import org.brkmap.procfs.ProcFs;
import org.brkmap.toolchain.NeedsGcc;
import org.brkmap.toolchain.Tool;
import org.brkmap.toolchain.ToolResult;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@NeedsGcc
@Timeout(120)
class AttachTest {
    private static final String MAPPED = "map 123456";
    private static final long LENGTH = 123456;

    @Test
    void seesWhatTheProcessDoesAndLeavesItAsItWas() throws Exception {
        try (Guest guest = Guest.start()) {
            assertThat(guest.ask("mask")).isEqualTo("ok");
            Map<String, String> before = settled(guest);

            Attachment attachment = Observer.attach(guest.pid(), null);
            assertThat(guest.traits().get("TracerPid")).isNotEqualTo("0");
            assertThat(guest.ask(MAPPED)).isEqualTo("ok");
            attachment.stop();
            Observation seen = attachment.result();

            assertThat(seen.ending().isDetached()).isTrue();
            assertThat(Schema.objections(EvidenceJson.write(RunDocument.of(Analyser.analyse(seen)))))
                    .isEmpty();
            assertThat(seen.events())
                    .as(Observed.describe(seen))
                    .anyMatch(event -> event.call().equals("mmap") && event.arg(1) == LENGTH);
            assertThat(Observed.kinds(seen)).startsWith(CheckpointKind.ATTACH).endsWith(CheckpointKind.DETACH);
            assertThat(seen.program().argv().get(0)).endsWith("guest");
            assertThat(Analyser.analyse(seen).changes())
                    .filteredOn(change -> change.kind() != ChangeKind.RESIDENCY)
                    .isNotEmpty()
                    .extracting(Change::cause)
                    .containsOnly(CauseKind.EVENT);

            assertThat(settled(guest)).isEqualTo(before);
            assertThat(guest.ask("malloc 5")).isEqualTo("ok");
        }
    }

    /** Once it sleeps in its read again. */
    private static Map<String, String> settled(Guest guest) throws Exception {
        Map<String, String> traits = guest.traits();
        while (!traits.get("State").startsWith("S") && !traits.get("State").startsWith("T")) {
            traits = guest.traits();
        }
        return traits;
    }

    @RepeatedTest(10)
    void threadsThatNeverRestAreFollowedAndLetGo() throws Exception {
        try (Guest guest = Guest.start()) {
            for (int i = 0; i < 3; i++) {
                assertThat(guest.ask("thread")).isEqualTo("ok");
            }
            Attachment attachment = Observer.attach(guest.pid(), null);
            assertThat(guest.ask("thread")).isEqualTo("ok");
            assertThat(guest.ask(MAPPED)).isEqualTo("ok");
            attachment.stop();
            Observation seen = attachment.result();

            assertThat(seen.events())
                    .extracting(MemoryEvent::tid)
                    .as("threads that made calls")
                    .contains(guest.pid());
            assertThat(seen.snapshots().get(0).threads()).hasSize(4);
            assertThat(seen.snapshots().get(seen.snapshots().size() - 1).threads())
                    .hasSize(5);
            assertThat(Analyser.analyse(seen).changes())
                    .as("changes without a cause")
                    .noneMatch(change -> change.cause() == CauseKind.UNEXPLAINED);
            assertNobodyTraces(guest.pid());
            assertThat(guest.ask("malloc 5")).isEqualTo("ok");
        }
    }

    private static void assertNobodyTraces(int pid) throws Exception {
        for (int tid : ProcFs.live().threads(pid)) {
            assertThat(Guest.traits(tid)).containsEntry("TracerPid", "0");
        }
    }

    @RepeatedTest(20)
    void childrenAreFollowedAndLetGo() throws Exception {
        try (Guest guest = Guest.start()) {
            Attachment attachment = Observer.attach(guest.pid(), null);
            int child = Integer.parseInt(guest.ask("fork"));
            assertThat(guest.ask("vfork")).isEqualTo("ok");
            attachment.stop();
            Observation seen = attachment.result();

            assertThat(seen.events()).as(Observed.describe(seen)).anyMatch(event -> event.pid() == child);
            assertThat(Observed.snapshots(seen, CheckpointKind.EXEC))
                    .extracting(snapshot -> snapshot.threads().get(0).name())
                    .contains("sleep");
            assertThat(seen.notes()).isEmpty();
            assertNobodyTraces(guest.pid());
            assertNobodyTraces(child);
            assertThat(guest.ask("malloc 5")).isEqualTo("ok");
        }
    }

    @Test
    void aProcessThatExecutesAnotherProgramIsFollowedIntoIt() throws Exception {
        try (Guest guest = Guest.start()) {
            assertThat(guest.ask("thread")).isEqualTo("ok");
            Attachment attachment = Observer.attach(guest.pid(), null);
            guest.tell("exec");
            assertThat(guest.ask(MAPPED)).isEqualTo("ok");
            attachment.stop();
            Observation seen = attachment.result();

            assertThat(Observed.kinds(seen))
                    .contains(CheckpointKind.EXEC)
                    .startsWith(CheckpointKind.ATTACH)
                    .endsWith(CheckpointKind.DETACH);
            assertNobodyTraces(guest.pid());
            assertThat(guest.ask("malloc 5")).isEqualTo("ok");
        }
    }

    @Test
    void aProcessThatExitsEndsTheObservation() throws Exception {
        try (Guest guest = Guest.start()) {
            Attachment attachment = Observer.attach(guest.pid(), null);
            guest.tell("exit 7");
            Observation seen = attachment.result();

            assertThat(seen.ending().code()).isEqualTo(7);
            assertThat(Observed.kinds(seen)).endsWith(CheckpointKind.EXIT);
        }
    }

    @Test
    void aProcessThatCrashesIsReadBeforeItIsGone() throws Exception {
        try (Guest guest = Guest.start()) {
            Attachment attachment = Observer.attach(guest.pid(), null);
            guest.tell("crash");
            Observation seen = attachment.result();

            assertThat(seen.ending().signal()).isEqualTo("SIGSEGV");
            assertThat(Observed.labels(seen, CheckpointKind.CRASH)).containsExactly("SIGSEGV");
        }
    }

    @Test
    void aStoppedProcessStaysStoppedAndARunningOneIsStoppedMeanwhile() throws Exception {
        try (Guest guest = Guest.start()) {
            guest.signal("STOP");
            Map<String, String> stopped = settled(guest);
            while (!stopped.get("State").startsWith("T")) {
                stopped = settled(guest);
            }
            Attachment attachment = Observer.attach(guest.pid(), null);
            attachment.stop();
            Observation seen = attachment.result();
            assertThat(Observed.kinds(seen)).containsExactly(CheckpointKind.ATTACH, CheckpointKind.DETACH);
            assertThat(settled(guest)).isEqualTo(stopped);

            attachment = Observer.attach(guest.pid(), null);
            guest.signal("CONT");
            assertThat(guest.ask("malloc 5")).isEqualTo("ok");
            guest.signal("STOP");
            attachment.stop();
            attachment.result();
            assertThat(settled(guest)).containsEntry("TracerPid", "0");
            guest.signal("CONT");
            assertThat(guest.ask("malloc 6")).isEqualTo("ok");
        }
    }

    @RepeatedTest(5)
    void noSignalIsLost() throws Exception {
        try (Guest guest = Guest.start()) {
            assertThat(guest.ask("mask")).isEqualTo("ok");
            int sent = 0;
            for (int i = 0; i < 10; i++) {
                Attachment attachment = Observer.attach(guest.pid(), null);
                guest.signal("USR2");
                attachment.stop();
                attachment.result();
                sent++;
                assertThat(guest.ask("caught")).isEqualTo(String.valueOf(sent));
            }
        }
    }

    @Test
    void aTimeLimitLetsGo() throws Exception {
        try (Guest guest = Guest.start()) {
            Observation seen =
                    Observer.attach(guest.pid(), Duration.ofMillis(50)).result();

            assertThat(seen.ending().isDetached()).isTrue();
            assertThat(seen.notes()).anyMatch(note -> note.contains("time limit"));
            assertNobodyTraces(guest.pid());
        }
    }

    @Test
    void whatIsTracedAlreadyIsRefusedByTheTracersName() throws Exception {
        try (Guest guest = Guest.start()) {
            Attachment first = Observer.attach(guest.pid(), null);
            assertThatThrownBy(() -> Observer.attach(guest.pid(), null))
                    .isInstanceOf(ObserveException.class)
                    .hasMessageContaining("traced already, by process "
                            + ProcessHandle.current().pid());
            first.stop();
            first.result();
            assertThat(guest.ask("malloc 5")).isEqualTo("ok");
        }
    }

    @Test
    void whatCannotBeAttachedToIsSaidAndWhy() throws Exception {
        assertRefused(0, "is not the number of a process");
        assertRefused((int) ProcessHandle.current().pid(), "brkmap itself");
        assertRefused(Integer.MAX_VALUE, "there is no process");
        int kernelThread = kernelThread();
        if (kernelThread > 0) {
            assertRefused(kernelThread, "a thread of the kernel's own");
        }
        try (Guest guest = Guest.start()) {
            assertThat(guest.ask("thread")).isEqualTo("ok");
            int thread = ProcFs.live().threads(guest.pid()).get(1);
            assertRefused(thread, "is a thread of process " + guest.pid());
            int child = Integer.parseInt(guest.ask("fork"));
            Tool.of("kill", "-KILL", String.valueOf(child)).run();
            while (!Guest.traits(child).get("State").startsWith("Z")) {
                Thread.onSpinWait();
            }
            assertRefused(child, "it is a zombie until its parent, process " + guest.pid());
        }
    }

    @Test
    void whatTheKernelDoesNotLetUsTraceIsSaidWithWhatHelps() throws Exception {
        assumeThat(System.getProperty("user.name"))
                .as("who owns the other process")
                .isEqualTo("root");
        Programs.need("setpriv");
        Path copied = Files.createTempDirectory("brkmap-denied");
        try (Guest guest = Guest.start()) {
            Path classes = ObservingProcess.readableByAll(copied);
            ToolResult refused = Tool.of(
                            "setpriv",
                            "--reuid=65534",
                            "--regid=65534",
                            "--clear-groups",
                            Path.of(System.getProperty("java.home"), "bin/java").toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            classes + ":" + classes + "/*",
                            "org.brkmap.cli.Brkmap",
                            "observe",
                            "--attach",
                            String.valueOf(guest.pid()))
                    .run();

            assertThat(refused.succeeded()).isFalse();
            assertThat(refused.stderr())
                    .contains("the kernel does not let us trace process " + guest.pid() + " (guest)")
                    .contains("Operation not permitted", "Attach as its owner or as root", "--cap-add=SYS_PTRACE");
            assertNobodyTraces(guest.pid());
            assertThat(guest.ask("malloc 5")).isEqualTo("ok");
        } finally {
            Tool.of("rm", "-r", copied.toString()).run();
        }
    }

    @Test
    void aFilterThatRefusesPtraceIsSaidToo() throws Exception {
        try (Guest guest = Guest.start()) {
            ToolResult refused = Tool.of(
                            Observed.program("deny-ptrace").toString(),
                            "ptrace",
                            Path.of(System.getProperty("java.home"), "bin/java").toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                            "org.brkmap.cli.Brkmap",
                            "observe",
                            "--attach",
                            String.valueOf(guest.pid()))
                    .run();

            assertThat(refused.succeeded()).isFalse();
            assertThat(refused.stderr()).contains("the kernel does not let us trace process", "--cap-add=SYS_PTRACE");
        }
    }

    private static void assertRefused(int pid, String why) {
        assertThatThrownBy(() -> Observer.attach(pid, null))
                .isInstanceOf(ObserveException.class)
                .hasMessageContaining(why);
    }

    private static int kernelThread() throws Exception {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            List<Integer> pids = processes
                    .map(path -> path.getFileName().toString())
                    .filter(name -> name.matches("[0-9]+"))
                    .map(Integer::valueOf)
                    .toList();
            for (int pid : pids) {
                try {
                    if (ProcFs.live().stat(pid).isKernelThread()) {
                        return pid;
                    }
                } catch (java.io.IOException e) {
                    continue;
                }
            }
        }
        return -1;
    }
}
