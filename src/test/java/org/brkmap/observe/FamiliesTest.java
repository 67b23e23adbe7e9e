package org.brkmap.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.brkmap.model.CheckpointKind;
import org.brkmap.model.Mapping;
import org.brkmap.model.MemoryEvent;
import org.brkmap.model.Observation;
import org.brkmap.model.Snapshot;
import org.brkmap.toolchain.NeedsGcc;
import org.brkmap.toolchain.Tool;
import org.brkmap.toolchain.ToolResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes that start others, become others, and try to get away. */
@NeedsGcc
@Timeout(240)
class FamiliesTest {
    @Test
    void parentAndChildAreReadAtTheSameMoment() throws Exception {
        Observation seen = Observed.observe(Observed.launch("children", "fork"));

        assertThat(Observed.output(seen)).as(Observed.describe(seen)).isEqualTo("child ended with 5\n");
        List<Snapshot> both = Observed.snapshots(seen, CheckpointKind.MARKER);
        assertThat(both).hasSize(2);
        assertThat(both.get(0).moment()).isEqualTo(both.get(1).moment());
        assertThat(both.get(0).pid()).isLessThan(both.get(1).pid());
        assertThat(both.get(0).totals().virtual() - both.get(1).totals().virtual())
                .as("the child gave half of it back")
                .isEqualTo(1 << 19);
        assertThat(seen.events())
                .filteredOn(event -> event.call().equals("munmap") && event.arg(1) == 1 << 19)
                .extracting(MemoryEvent::pid)
                .containsExactly(both.get(1).pid());
        assertThat(Observed.snapshots(seen, CheckpointKind.EXIT))
                .filteredOn(snapshot -> snapshot.label().equals("exit"))
                .extracting(Snapshot::pid)
                .contains(both.get(0).pid(), both.get(1).pid());
    }

    @Test
    void aParentThatWaitedForItsChildGetsItsNextKey() throws Exception {
        Observation seen = Observed.observe(Observed.launch("children", "ask_after_child"));

        assertThat(Observed.output(seen))
                .as(Observed.describe(seen))
                .isEqualTo("first key\nlast key\nchild ended with 3\n");
        assertThat(seen.ending().isSuccess()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"vfork", "spawn"})
    void aChildThatBecomesAnotherProgramIsFollowed(String how) throws Exception {
        Observation seen = Observed.observe(Observed.launch("children", how));

        assertThat(Observed.output(seen)).isEqualTo("from the child\nchild ended with 0\n");
        assertThat(Observed.snapshots(seen, CheckpointKind.EXEC)).hasSizeGreaterThanOrEqualTo(2);
        List<Snapshot> executed = seen.snapshots().stream()
                .filter(snapshot -> snapshot.pid() != seen.snapshots().get(0).pid())
                .toList();
        assertThat(executed).isNotEmpty();
        assertThat(executed.get(0).layout().executable()).endsWith("/echo");
    }

    @Test
    void aProgramThatCannotBeExecutedIsTheTargetsOwnAffair() throws Exception {
        Observation seen = Observed.observe(Observed.launch("children", "missing"));

        assertThat(Observed.output(seen)).isEqualTo("refused: ENOENT\n");
        assertThat(seen.ending().isSuccess()).isTrue();
        assertThat(seen.events())
                .filteredOn(event -> event.call().equals("execve") && !event.succeeded())
                .extracting(MemoryEvent::errno)
                .containsExactly(2);
    }

    @Test
    void aFileThatIsNoProgramIsRefusedToTheTarget(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("text"), "neither ELF nor script");
        assertThat(file.toFile().setExecutable(true)).isTrue();

        assertThat(Observed.output(Observed.observe(Observed.launch("children", "not_executable", file.toString()))))
                .isEqualTo("refused: an unlisted error\n"); // ENOEXEC
    }

    @ParameterizedTest
    @ValueSource(strings = {"daemon", "double_fork"})
    void aDaemonIsEndedWithTheProgram(String how) throws Exception {
        Observation seen = Observed.observe(Observed.launch("children", how));

        assertThat(Observed.output(seen)).as(Observed.describe(seen)).isEqualTo("it runs\n");
        assertThat(seen.ending().isSuccess()).isTrue();
        assertThat(seen.notes()).anyMatch(note -> note.contains("left behind"));
        assertThat(seen.events())
                .filteredOn(
                        event -> event.call().equals("clone") || event.call().equals("fork"))
                .isNotEmpty()
                .noneMatch(event -> Live.lives((int) event.result()));
    }

    @Test
    void aThreadThatExecutesAnotherProgramTakesTheProcessWithIt() throws Exception {
        Observation seen = Observed.observe(Observed.launch("children", "thread_exec"));

        assertThat(Observed.output(seen)).as(Observed.describe(seen)).isEqualTo("from the child\n");
        assertThat(seen.ending().isSuccess()).isTrue();
        Snapshot last = seen.snapshots().get(seen.snapshots().size() - 1);
        assertThat(last.layout().executable()).endsWith("/echo");
        assertThat(last.threads()).hasSize(1);
        assertThat(last.pid()).isEqualTo(seen.snapshots().get(0).pid());
    }

    @Test
    void aProcessWhoseFirstThreadHasEndedIsReadThroughAnother() throws Exception {
        Observation seen = Observed.observe(Observed.launch("children", "main_ends"));

        assertThat(seen.notes()).isEmpty();
        assertThat(Observed.output(seen)).as(Observed.describe(seen)).isEqualTo("done\n");
        Snapshot before = Observed.marked(seen, "main has ended");
        Snapshot after = Observed.marked(seen, "mapped");
        assertThat(before.threads()).hasSize(1);
        assertThat(after.totals().virtual() - before.totals().virtual()).isEqualTo(1 << 20);
    }

    @Test
    void aProgramThatEndsItsOnlyThreadIsReadBeforeItsEnd() throws Exception {
        Observation seen = Observed.observe(Observed.launch("children", "raw_exit"));

        assertThat(seen.ending().code()).isEqualTo(6);
        assertThat(Observed.kinds(seen)).containsExactly(CheckpointKind.EXEC, CheckpointKind.EXIT);
    }

    @ParameterizedTest
    @CsvSource({"untraced, EPERM", "clone3, ENOSYS", "traceme, EPERM", "trace_child, EPERM"})
    void whatWouldEscapeTheTracerIsRefused(String how, String answer) throws Exception {
        Observation seen = Observed.observe(Observed.launch("children", how));

        assertThat(Observed.output(seen)).isEqualTo(answer + "\n");
        assertThat(seen.ending().isSuccess()).isTrue();
    }

    @Test
    @EnabledIfSystemProperty(named = "os.arch", matches = "amd64|x86_64")
    void aCallOfAnotherArchitectureEndsTheRunWithAMessage() throws Exception {
        ToolResult alone = Tool.run(List.of(Observed.program("children").toString(), "int80"));
        assumeTrue(alone.succeeded(), "this kernel takes no calls of 32-bit programs: status " + alone.exit());
        Observation seen = Observed.observe(Observed.launch("children", "int80"));

        assertThat(seen.ending().endedBy())
                .as(Observed.describe(seen))
                .contains("system call of another architecture", "build it for this one");
    }

    @Test
    void aProcessThatForbidsToBeReadIsStillTraced() throws Exception {
        Observation seen = Observed.observe(Observed.launch("children", "undumpable"));

        assertThat(seen.ending().isSuccess()).as(Observed.describe(seen)).isTrue();
        assertThat(seen.events()).extracting(MemoryEvent::call).contains("munmap");
        boolean read =
                seen.snapshots().stream().anyMatch(snapshot -> snapshot.label().equals("allocated"));
        boolean told = seen.notes().stream().anyMatch(note -> note.contains("could not be read"));
        assertThat(read || told)
                .as("a snapshot, or a note that says why there is none")
                .isTrue();
    }

    @Test
    void aStoppedProcessStaysStoppedUntilItIsContinued() throws Exception {
        Observation seen = Observed.observe(Observed.launch("children", "stop"));

        assertThat(Observed.output(seen)).as(Observed.describe(seen)).isEqualTo("continued, child ended with 0\n");
        assertThat(Observed.snapshots(seen, CheckpointKind.MARKER))
                .extracting(Snapshot::label)
                .containsExactly("parent is stopped", "parent is stopped");
    }

    @Test
    void threadsAreNamedAndTheirStacksKnown() throws Exception {
        Observation seen = Observed.observe(Observed.launch("threads"));

        assertThat(seen.ending().isSuccess()).as(Observed.describe(seen)).isTrue();
        Snapshot all = Observed.marked(seen, "all run");
        assertThat(all.threads())
                .extracting("name")
                .containsExactly("threads", "worker-0", "worker-1", "worker-2", "worker-3", "waiter");
        assertThat(all.threads()).allSatisfy(thread -> {
            Mapping stack = all.mappingAt(thread.stackPointer()).orElseThrow();
            assertThat(stack.permissions().write()).isTrue();
        });
        assertThat(all.threads().stream()
                        .map(thread -> all.mappingAt(thread.stackPointer())
                                .orElseThrow()
                                .range())
                        .distinct())
                .as("a stack for each")
                .hasSize(6);
        assertThat(all.threads())
                .filteredOn(thread -> thread.name().equals("waiter"))
                .extracting("interrupted")
                .containsExactly("pause");
    }
}
