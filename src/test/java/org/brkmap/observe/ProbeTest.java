package org.brkmap.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.brkmap.analyse.Analyser;
import org.brkmap.model.AllocatorCall;
import org.brkmap.model.AllocatorCounts;
import org.brkmap.model.CheckpointKind;
import org.brkmap.model.MemoryEvent;
import org.brkmap.model.Observation;
import org.brkmap.model.Snapshot;
import org.brkmap.model.UserCall;
import org.brkmap.toolchain.NeedsGcc;
import org.brkmap.toolchain.ProjectFiles;
import org.brkmap.toolchain.Tool;
import org.brkmap.toolchain.ToolResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the malloc probe says of calls, on programs of which the truth is known. */
@NeedsGcc
@Timeout(240)
class ProbeTest {
    private static final long MEBI = 1 << 20;
    private static final Path SOURCE = ProjectFiles.find().orElseThrow().root().resolve("src/test/c/calls.c");

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "printf, malloc, brk, ",
        "realloc, realloc, mremap, 2097152",
        "calloc, calloc, mmap, 1048576",
        "reallocarray, reallocarray, mmap, 1048576",
        "posix_memalign, posix_memalign, mmap, 1048576",
        "aligned_alloc, aligned_alloc, mmap, 1048576",
        "memalign, memalign, mmap, 1048576",
        "valloc, valloc, mmap, 1048576",
        "free, free, munmap, ",
        "mmap, mmap, mmap, 1048576",
        "sbrk, sbrk, brk, 1048576",
        "pthread_create, pthread_create, mmap, ",
    })
    void theLineThatAskedIsNamed(String way, String operation, String call, Long size) throws Exception {
        Observation seen = observe(Observed.launch("calls", way));

        List<MemoryEvent> caused = causedBy(seen, operation);
        assertThat(caused).extracting(MemoryEvent::call).contains(call);
        assertThat(caused).allSatisfy(event -> {
            assertThat(event.cause().site().line()).isEqualTo(lineOf(way));
            if (size != null) {
                assertThat(event.cause().size()).isEqualTo(size);
            }
        });
    }

    @Test
    void aBlockThatMovesIsNamedByItsOldPointer() throws Exception {
        Observation seen = observe(Observed.launch("calls", "realloc"));

        AllocatorCall first = allocations(seen, "malloc", MEBI).get(0);
        assertThat(causedBy(seen, "realloc"))
                .singleElement()
                .extracting(event -> event.cause().pointer())
                .isEqualTo(first.result());
        assertThat(allocations(seen, "realloc", 2 * MEBI)).hasSize(1);
    }

    @Test
    void aChildHasASlotOfItsOwnAfterFork() throws Exception {
        Observation seen = observe(Observed.launch("calls", "child"));

        int parent = seen.snapshots().get(0).pid();
        List<MemoryEvent> blocks = causedBy(seen, "malloc").stream()
                .filter(event -> event.call().equals("mmap") && event.cause().size() >= MEBI)
                .toList();
        assertThat(blocks)
                .extracting(event -> event.cause().size())
                .containsExactlyInAnyOrder(MEBI, 3 * MEBI, 2 * MEBI);
        assertThat(blocks)
                .allSatisfy(event -> assertThat(event.pid() == parent)
                        .isEqualTo(event.cause().size() != 3 * MEBI));
        AllocatorCall childs = allocations(seen, "malloc", 3 * MEBI).get(0);
        assertThat(childs.pid()).isNotEqualTo(parent).isEqualTo(childs.tid());
        assertThat(childs.call().site().line()).isEqualTo(lineOf("child"));
    }

    @Test
    void aLibraryIsFoundByTheProgramsRunPathAndItsMappingsAreTheOpeners() throws Exception {
        gcc("gcc", "int answer(void) { return 42; }", "lib.c", "-shared", "-fPIC", "-o", "libanswer.so");
        Path program = Observed.build(Observed.request("calls").flag("-Wl,-rpath,$ORIGIN"));
        Path moved = Files.copy(program, directory.resolve("calls"));

        Observation seen = observe(Observed.launch(moved, "dlopen", "libanswer.so"));

        assertThat(seen.ending().isSuccess()).as(Observed.describe(seen)).isTrue();
        assertThat(causedBy(seen, "dlopen"))
                .filteredOn(event -> event.call().equals("mmap"))
                .hasSizeGreaterThan(1)
                .anyMatch(event -> String.valueOf(event.file()).endsWith("/libanswer.so"))
                .allSatisfy(event -> assertThat(event.cause().site().line()).isEqualTo(lineOf("dlopen")));
    }

    @Test
    void aLibraryMayAllocateBeforeTheProbeHasStarted() throws Exception {
        String library = "#include <stdlib.h>\nvoid *volatile early;\n"
                + "__attribute__((constructor)) static void first(void) { early = malloc(1 << 20); }";
        gcc("gcc", library, "early.c", "-shared", "-fPIC", "-O0", "-o", "libearly.so");
        gcc(
                "gcc",
                "extern void *volatile early;\nint main(void) { return early == 0; }",
                "main.c",
                "-o",
                "main",
                "-L.",
                "-learly",
                "-Wl,-rpath,$ORIGIN");

        Observation seen = observe(Observed.launch(directory.resolve("main")));

        assertThat(seen.ending().isSuccess()).as(Observed.describe(seen)).isTrue();
        assertThat(causedBy(seen, "malloc"))
                .allSatisfy(event -> assertThat(event.cause().size()).isEqualTo(MEBI))
                .extracting(MemoryEvent::call)
                .contains("mmap");
        assertThat(allocations(seen, "malloc", MEBI)).hasSize(1);
    }

    @Test
    void newIsNamedByTheLineOfTheProgram() throws Exception {
        Programs.need("g++");
        gcc(
                "g++",
                "int main()\n{\n    volatile char *block = new char[1 << 20];\n    delete[] block;\n}\n",
                "new.cc",
                "-g",
                "-O0",
                "-o",
                "new");

        Observation seen = observe(Observed.launch(directory.resolve("new")));

        List<UserCall> large = seen.events().stream()
                .filter(event -> event.cause() != null && event.cause().site() != null)
                .filter(event -> event.arg(1) > MEBI && event.arg(1) < 2 * MEBI)
                .map(MemoryEvent::cause)
                .toList();
        assertThat(large).extracting(UserCall::operation).containsExactly("malloc", "free");
        assertThat(large).extracting(call -> call.site().line()).containsExactly(3, 4);
    }

    @Test
    void errnoIsTheProgramsOwn() throws Exception {
        Observation seen = Observed.observe(Observed.launch("calls", "errno"));

        assertThat(seen.ending().isSuccess()).as(Observed.describe(seen)).isTrue();
    }

    @Test
    void everyCallIsCounted() throws Exception {
        Observation seen = Observed.observe(Observed.launch("calls", "count"));

        AllocatorCounts before = Observed.marked(seen, "before").allocations();
        AllocatorCounts after = Observed.marked(seen, "after").allocations();
        assertThat(after.mallocs() - before.mallocs()).isEqualTo(100);
        assertThat(after.callocs() - before.callocs()).isEqualTo(20);
        assertThat(after.reallocs() - before.reallocs()).isEqualTo(10);
        assertThat(after.frees() - before.frees()).isEqualTo(90);
        assertThat(after.bytesRequested() - before.bytesRequested())
                .isEqualTo(99 * 100 + 20 * 150 + 10 * 1000 + (-1L >>> 2));
        assertThat(seen.allocations()).hasSize((int) total(after));
        assertThat(seen.allocationsDropped()).isZero();
    }

    @Test
    void whatTheLogHasNoRoomForIsCountedExactly() throws Exception {
        Observation seen =
                Observed.observe(Observed.launch("calls", "overflow", "40000").withoutPages());

        Snapshot end = Observed.snapshots(seen, CheckpointKind.EXIT).get(0);
        assertThat(end.allocations().mallocs()).isGreaterThanOrEqualTo(40_000);
        assertThat(seen.allocations()).hasSize(ProbeMemory.LOG_ENTRIES);
        assertThat(seen.allocationsDropped()).isEqualTo(total(end.allocations()) - ProbeMemory.LOG_ENTRIES);
    }

    @Test
    void theLogIsInOrderOfTimeWhateverTheThreadsDo() throws Exception {
        Observation seen = Observed.observe(Observed.launch("calls", "threads"));

        assertThat(seen.ending().isSuccess()).as(Observed.describe(seen)).isTrue();
        assertThat(allocations(seen, "malloc", 200_000)).hasSize(800);
        assertThat(seen.allocations())
                .extracting(AllocatorCall::serial)
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(seen.allocations()).extracting(AllocatorCall::afterEvent).isSorted();
        assertThat(seen.allocations())
                .allMatch(call -> call.afterEvent() <= seen.events().size());
    }

    private static Observation observe(Launch launch) throws Exception {
        return Analyser.analyse(Observed.observe(launch)).observation();
    }

    private static long total(AllocatorCounts counts) {
        return counts.mallocs() + counts.callocs() + counts.reallocs() + counts.frees();
    }

    private static List<MemoryEvent> causedBy(Observation seen, String operation) {
        return seen.events().stream()
                .filter(event ->
                        event.cause() != null && event.cause().operation().equals(operation))
                .toList();
    }

    private static List<AllocatorCall> allocations(Observation seen, String operation, long size) {
        return seen.allocations().stream()
                .filter(call -> call.call().operation().equals(operation))
                .filter(call -> Long.valueOf(size).equals(call.call().size()))
                .toList();
    }

    private static int lineOf(String way) throws Exception {
        List<String> lines = Files.readAllLines(SOURCE);
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).endsWith("/* here: " + way + " */")) {
                return i + 1;
            }
        }
        throw new AssertionError("calls.c has no line for " + way);
    }

    private void gcc(String compiler, String source, String name, String... arguments) throws Exception {
        Files.writeString(directory.resolve(name), source + "\n");
        List<String> command = new ArrayList<>(List.of(compiler, name));
        command.addAll(Arrays.asList(arguments));
        ToolResult result = Tool.of(command).in(directory).run();
        assertThat(result.succeeded()).as(result.stderr()).isTrue();
    }
}
