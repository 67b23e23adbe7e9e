package org.brkmap.evidence;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.brkmap.analyse.Analysis;
import org.brkmap.model.AddressRange;
import org.brkmap.model.AllocatorCall;
import org.brkmap.model.AllocatorCounts;
import org.brkmap.model.Backing;
import org.brkmap.model.CallSite;
import org.brkmap.model.CauseKind;
import org.brkmap.model.Change;
import org.brkmap.model.ChangeKind;
import org.brkmap.model.CheckpointKind;
import org.brkmap.model.Ending;
import org.brkmap.model.HostFacts;
import org.brkmap.model.Limits;
import org.brkmap.model.Mapping;
import org.brkmap.model.MemoryEvent;
import org.brkmap.model.Observation;
import org.brkmap.model.Origin;
import org.brkmap.model.PageRun;
import org.brkmap.model.PageState;
import org.brkmap.model.Permissions;
import org.brkmap.model.ProcessLayout;
import org.brkmap.model.ProgramFacts;
import org.brkmap.model.Role;
import org.brkmap.model.Snapshot;
import org.brkmap.model.SourceText;
import org.brkmap.model.ThreadState;
import org.brkmap.model.TranscriptLine;
import org.brkmap.model.TranscriptLine.Direction;
import org.brkmap.model.Usage;
import org.brkmap.model.UserCall;

/** Analyses made by hand, after what one x86-64 machine showed of a small program that allocates in steps. */
public final class ExampleRuns {
    public static final int PAGE = 4096;
    public static final int PID = 4711;
    private static final long EXE = 0x55c0a4c00000L;
    private static final long HEAP = 0x55c0e4a2c000L;
    private static final long LIBC = 0x7f3bd0a00000L;
    private static final long STACK_END = 0x7ffd2f5e1000L;

    private static final String SOURCE = """
            #include <stdio.h>
            #include <stdlib.h>

            static char *blocks[STEPS];

            static void allocate(void)
            {
            \tfor (int i = 0; i < STEPS; i++)
            \t\tblocks[i] = malloc(SIZE);
            }

            int main(void)
            {
            \tputs("Press key to allocate ...");
            \tgetchar();
            \tallocate();
            \tputs("Press key to close ...");
            \tgetchar();
            \treturn 0;
            }
            """;

    private ExampleRuns() {}

    /** Ten blocks of 32 KiB: the program break moves, no mapping appears. */
    public static Analysis heapGrows() {
        Mapping small = row(HEAP, 0x21000, "rw-p", Backing.ANONYMOUS, "[heap]", Role.HEAP, 4096);
        Mapping large = row(HEAP, 0x53000, "rw-p", Backing.ANONYMOUS, "[heap]", Role.HEAP, 45056);
        List<MemoryEvent> events = List.of(
                event(0, "brk", List.of(0L, 0L, 0L, 0L, 0L, 0L), HEAP, null),
                event(1, "brk", List.of(HEAP + 0x21000, 0L, 0L, 0L, 0L, 0L), HEAP + 0x21000, call("malloc", 1024, 14)),
                event(2, "brk", List.of(HEAP + 0x53000, 0L, 0L, 0L, 0L, 0L), HEAP + 0x53000, call("malloc", 32768, 9)));
        Snapshot before = snapshot(0, CheckpointKind.INPUT, "Press key to allocate ...", 2, rows(small));
        Snapshot after = snapshot(1, CheckpointKind.INPUT, "Press key to close ...", 3, rows(large));
        Change grew = new Change(
                0,
                1,
                ChangeKind.GREW,
                Role.HEAP,
                new AddressRange(HEAP + 0x21000, HEAP + 0x53000),
                "heap+0x21000",
                0x32000,
                small,
                large,
                CauseKind.EVENT,
                List.of(2L));
        List<AllocatorCall> log = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            long pointer = HEAP + 0x2a0 + i * 0x8010L;
            log.add(new AllocatorCall(i, i < 3 ? 2 : 3, PID, PID, call("malloc", 32768, 9), pointer));
        }
        return new Analysis(
                new Observation(
                        program(SOURCE),
                        host(),
                        List.of(
                                new TranscriptLine(2, Direction.OUT, "Press key to allocate ...\n"),
                                new TranscriptLine(2, Direction.IN, "\n"),
                                new TranscriptLine(3, Direction.OUT, "Press key to close ...\n")),
                        List.of(before, after),
                        events,
                        log,
                        0,
                        new Ending(0, null, null, null, null),
                        List.of()),
                List.of(grew));
    }

    /** Three blocks of 256 KiB, each its own mmap, that merge into one mapping. */
    public static Analysis mappingsAppear() {
        Mapping heap = row(HEAP, 0x21000, "rw-p", Backing.ANONYMOUS, "[heap]", Role.HEAP, 4096);
        long length = 0x41000;
        long bottom = LIBC - 3 * length;
        Mapping added = row(bottom, 3 * length, "rw-p", Backing.ANONYMOUS, "", Role.ANONYMOUS, 3 * PAGE);
        List<MemoryEvent> events = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            events.add(event(
                    i,
                    "mmap",
                    List.of(0L, length, 3L, 0x22L, -1L, 0L),
                    LIBC - (i + 1) * length,
                    call("malloc", 262144, 9)));
        }
        List<Mapping> later = rows(heap);
        later.add(6, added);
        Change change = new Change(
                0,
                1,
                ChangeKind.ADDED,
                Role.ANONYMOUS,
                added.range(),
                "anon#1",
                3 * length,
                null,
                added,
                CauseKind.EVENT,
                List.of(0L, 1L, 2L));
        return new Analysis(
                new Observation(
                        program(SOURCE),
                        host(),
                        List.of(),
                        List.of(
                                snapshot(0, CheckpointKind.INPUT, "Press key to allocate ...", 0, rows(heap)),
                                snapshot(1, CheckpointKind.EXIT, "exit", 3, later)),
                        events,
                        List.of(),
                        0,
                        new Ending(null, "SIGSEGV", null, "reading address 0x0", site("touch", 9)),
                        List.of("the program was ended while it waited")),
                List.of(change));
    }

    /** A run of which nothing but maps could be read, and whose every text is out to do harm. */
    public static Analysis hostile(String text) {
        Mapping unknown = new Mapping(
                AddressRange.ofLength(LIBC, 0x3000),
                Permissions.parse("---p"),
                new Backing(0, 1, 77, 0, "/" + text),
                Role.FILE,
                null,
                null);
        Change change = new Change(
                0,
                1,
                ChangeKind.ADDED,
                Role.FILE,
                unknown.range(),
                text,
                0x3000,
                null,
                unknown,
                CauseKind.NOT_OBSERVED,
                List.of(99L));
        UserCall cause = new UserCall(text, 1L, null, new CallSite(1, text, 1L, text, text, 2));
        return new Analysis(
                new Observation(
                        new ProgramFacts(
                                List.of("./" + text, text),
                                List.of(new SourceText(text, "0".repeat(64), "line 1\n" + text + "\n")),
                                text,
                                Limits.DEFAULT,
                                false),
                        new HostFacts(text, text, null, null, PAGE, null, null, null, List.of(text)),
                        List.of(new TranscriptLine(0, Direction.OUT, text)),
                        List.of(
                                new Snapshot(
                                        0, 0, CheckpointKind.MARKER, text, 0, PID, List.of(), List.of(), null, null),
                                new Snapshot(
                                        1,
                                        1,
                                        CheckpointKind.MARKER,
                                        text,
                                        1,
                                        PID,
                                        List.of(new ThreadState(PID, text, null, text)),
                                        List.of(unknown),
                                        null,
                                        null)),
                        List.of(new MemoryEvent(
                                0, PID, PID, 10, text, List.of(-1L), -1, 12, 0, text, 3L, Origin.UNKNOWN, cause)),
                        List.of(new AllocatorCall(0, 0, PID, PID, cause, -1)),
                        3,
                        new Ending(null, null, text, text, null),
                        List.of(text)),
                List.of(change));
    }

    /** A lab of both runs with a check of each status. */
    public static LabDocument lab() {
        return new LabDocument(
                "lab2",
                "Allocation: brk or mmap",
                "brkmap test",
                List.of(RunDocument.of("32 KiB × 10", heapGrows()), RunDocument.of("256 KiB × 3", mappingsAppear())),
                Map.of("flip", 131049L),
                List.of(
                        new CheckResult(
                                "small-blocks-move-the-break",
                                "Small blocks move the program break",
                                5,
                                5,
                                CheckStatus.PASSED,
                                "brk",
                                "brk, once",
                                null,
                                0,
                                "alloc_size.c",
                                9),
                        new CheckResult(
                                "large-blocks-are-mapped",
                                "Each large block is one mmap",
                                5,
                                0,
                                CheckStatus.FAILED,
                                "4 calls of mmap",
                                "3 calls of mmap",
                                "Count the steps.",
                                1,
                                "alloc_size.c",
                                9),
                        new CheckResult(
                                "mend-the-leak",
                                "Every block is freed",
                                10,
                                0,
                                CheckStatus.SKIPPED,
                                null,
                                null,
                                "Open labs/lab2/alloc_size.c.",
                                null,
                                null,
                                null),
                        CheckResult.of(
                                "other-libc",
                                "The flip under another libc",
                                CheckStatus.NOT_CHECKED,
                                null,
                                "no other C library is installed here")),
                Map.of("q1", "brk"));
    }

    public static Mapping row(
            long start, long length, String perms, Backing backing, String name, Role role, long resident) {
        Usage usage = new Usage(resident, resident, 0L, 0L, 0L, resident, resident, resident, 0L, 0L, 0L, 0L);
        long pages = length / PAGE;
        long present = resident / PAGE;
        List<PageRun> runs = new ArrayList<>();
        if (present > 0) {
            runs.add(new PageRun(PageState.ANONYMOUS, present));
        }
        if (pages > present) {
            runs.add(new PageRun(PageState.ABSENT, pages - present));
        }
        return new Mapping(
                AddressRange.ofLength(start, length),
                Permissions.parse(perms),
                new Backing(backing.major(), backing.minor(), backing.inode(), offset(start, backing), name),
                role,
                usage,
                runs);
    }

    private static long offset(long start, Backing backing) {
        return backing.inode() == 0 ? 0 : start - (start >= LIBC ? LIBC : EXE);
    }

    private static List<Mapping> rows(Mapping heap) {
        Backing exe = new Backing(0xfe, 0, 131, 0, "");
        Backing libc = new Backing(0xfe, 0, 977, 0, "");
        String program = "/tmp/brkmap/alloc_size";
        String library = "/usr/lib/x86_64-linux-gnu/libc.so.6";
        return new ArrayList<>(List.of(
                row(EXE, 0x1000, "r--p", exe, program, Role.PROGRAM_HEADERS, 4096),
                row(EXE + 0x1000, 0x1000, "r-xp", exe, program, Role.PROGRAM_TEXT, 4096),
                row(EXE + 0x2000, 0x1000, "r--p", exe, program, Role.PROGRAM_RODATA, 4096),
                row(EXE + 0x3000, 0x1000, "r--p", exe, program, Role.PROGRAM_RELRO, 4096),
                row(EXE + 0x4000, 0x1000, "rw-p", exe, program, Role.PROGRAM_DATA, 4096),
                heap,
                row(LIBC, 0x26000, "r--p", libc, library, Role.LIBRARY_HEADERS, 155648),
                row(LIBC + 0x26000, 0x155000, "r-xp", libc, library, Role.LIBRARY_TEXT, 704512),
                row(LIBC + 0x17b000, 0x53000, "r--p", libc, library, Role.LIBRARY_RODATA, 106496),
                row(LIBC + 0x1ce000, 0x4000, "r--p", libc, library, Role.LIBRARY_RELRO, 16384),
                row(LIBC + 0x1d2000, 0x2000, "rw-p", libc, library, Role.LIBRARY_DATA, 8192),
                row(LIBC + 0x1d4000, 0xd000, "rw-p", Backing.ANONYMOUS, "", Role.LIBRARY_BSS, 20480),
                row(STACK_END - 0x21000, 0x21000, "rw-p", Backing.ANONYMOUS, "[stack]", Role.STACK, 12288),
                row(STACK_END + 0x3c000, 0x4000, "r--p", Backing.ANONYMOUS, "[vvar]", Role.VVAR, 0),
                row(STACK_END + 0x40000, 0x2000, "r-xp", Backing.ANONYMOUS, "[vdso]", Role.VDSO, 8192),
                row(0xffffffffff600000L, 0x1000, "--xp", Backing.ANONYMOUS, "[vsyscall]", Role.VSYSCALL, 0)));
    }

    private static Snapshot snapshot(
            int id, CheckpointKind kind, String label, long eventsBefore, List<Mapping> mappings) {
        return new Snapshot(
                id,
                id,
                kind,
                label,
                eventsBefore,
                PID,
                List.of(new ThreadState(PID, "alloc_size", STACK_END - 0x800, "read")),
                mappings,
                new ProcessLayout(
                        "/tmp/brkmap/alloc_size",
                        EXE,
                        EXE + 0x1200,
                        EXE + 0x3de8,
                        EXE + 0x4050,
                        HEAP,
                        STACK_END - 0x400,
                        null,
                        null,
                        null,
                        null,
                        EXE + 0x40,
                        EXE + 0x1080,
                        LIBC + 0x1f0000,
                        STACK_END + 0x40000),
                new AllocatorCounts(id * 10L, 0, 0, 0, id * 327680L));
    }

    private static MemoryEvent event(long seq, String name, List<Long> args, long result, UserCall cause) {
        return new MemoryEvent(
                seq,
                PID,
                PID,
                1_000_000L * (seq + 1),
                name,
                args,
                result,
                null,
                LIBC + 0x30000,
                null,
                null,
                Origin.PROGRAM,
                cause);
    }

    private static UserCall call(String operation, long size, int line) {
        return new UserCall(operation, size, null, site(line == 9 ? "allocate" : "main", line));
    }

    private static CallSite site(String function, int line) {
        return new CallSite(
                EXE + 0x1150 + line, "/tmp/brkmap/alloc_size", 0x1150L + line, function, "/tmp/src/alloc_size.c", line);
    }

    private static ProgramFacts program(String source) {
        return new ProgramFacts(
                List.of("/tmp/brkmap/alloc_size"),
                List.of(new SourceText("alloc_size.c", "ab".repeat(32), source)),
                "-O0 -g -DSTEPS=10 -DSIZE=32768",
                new Limits(Duration.ofSeconds(20), 1 << 20, 1 << 30, 8),
                true);
    }

    private static HostFacts host() {
        return new HostFacts(
                "6.1.0-13-amd64",
                "x86_64",
                "glibc 2.36",
                "gcc 12.2.0",
                PAGE,
                2,
                "madvise",
                true,
                List.of("ptrace", "pagemap"));
    }
}
