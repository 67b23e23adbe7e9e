package org.brkmap.procfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.brkmap.model.Mapping;
import org.brkmap.procfs.ProcException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Processes that die, execute another program or move their memory while they are read: never half a picture, never a strange error. */
@Timeout(300)
class DyingProcessTest {
    private static final ProcFs PROC = ProcFs.live();
    private static final Set<Kind> LOST = EnumSet.of(Kind.GONE, Kind.RACED);
    private static final int ROUNDS = 12;

    /** 3,000 mappings, so that a listing takes many reads. */
    private static final String MANY = "import mmap,signal\n"
            + "maps = [mmap.mmap(-1, mmap.PAGESIZE, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS,"
            + " prot=1 + i % 2 * 2) for i in range(3000)]\n"
            + "print('ready', flush=True)\n";

    private static final String WAIT = "signal.pause()";

    private static final String EXECUTE = "import os\nos.read(0, 9)\nos.execvp('sleep', ['sleep', '1000'])";

    @Test
    void a_process_killed_while_it_is_read_is_gone_and_no_listing_is_cut() throws Exception {
        int pageSize = PROC.auxv((int) ProcessHandle.current().pid()).pageSize().intValue();
        for (Reading reading : List.<Reading>of(
                PROC::maps,
                pid -> bare(PROC.smaps(pid)),
                PROC::threads,
                PROC::layout,
                PROC::status,
                PROC::auxv,
                PROC::smapsRollup,
                PROC::io,
                pid -> PROC.syscall(pid, pid),
                pid -> PROC.fileBehind(pid, 0),
                pid -> PROC.readMemory(pid, PROC.layout(pid).startStack(), new byte[64]),
                pid -> bare(PROC.pages(pid, PROC.maps(pid), pageSize)))) {
            try (TestProcess process = TestProcess.start("sleep", "1000").asleep()) {
                Object whole = settled(reading, process.pid());
                Thread killer = new Thread(process::kill);
                ProcException end = null;
                killer.start();
                while (end == null) {
                    try {
                        Object seen = reading.of(process.pid());
                        if (whole instanceof List) {
                            assertThat(seen).isEqualTo(whole);
                        }
                        end = isZombieReadable(seen) ? new ProcException(Kind.GONE, "read after its end") : null;
                    } catch (ProcException e) {
                        end = e;
                    }
                }
                killer.join();
                assertThat(LOST).contains(end.kind());
            }
        }
    }

    @Test
    void a_long_listing_is_whole_or_gone() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            try (TestProcess process = TestProcess.python(MANY + WAIT)) {
                assertThat(process.line()).isEqualTo("ready");
                List<Mapping> whole = PROC.maps(process.pid());
                assertThat(whole).hasSizeGreaterThan(2000);
                Thread killer = new Thread(process::kill);
                killer.start();
                Kind end = null;
                while (end == null) {
                    try {
                        assertThat(PROC.maps(process.pid())).isEqualTo(whole);
                    } catch (ProcException e) {
                        end = e.kind();
                    }
                }
                killer.join();
                assertThat(end).isEqualTo(Kind.GONE);
            }
        }
    }

    @Test
    void a_process_that_executes_another_program_is_read_whole_before_or_after() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            try (TestProcess process = TestProcess.python(MANY + EXECUTE)) {
                assertThat(process.line()).isEqualTo("ready");
                List<Mapping> before = PROC.maps(process.pid());
                process.write("go\n");
                while (!PROC.stat(process.pid()).command().equals("sleep")) {
                    try {
                        List<Mapping> seen = PROC.maps(process.pid());
                        assertThat(!seen.get(0).equals(before.get(0))
                                        || last(seen).equals(last(before)))
                                .as("%d rows of %d", seen.size(), before.size())
                                .isTrue();
                    } catch (ProcException e) {
                        assertThat(e.kind()).isEqualTo(Kind.RACED);
                    }
                }
            }
        }
    }

    @Test
    void a_process_that_moves_its_memory_is_read_in_order_or_raced() throws Exception {
        String program = "import mmap\nprint('ready', flush=True)\nkept = []\n"
                + "while True:\n"
                + "  kept.append(mmap.mmap(-1, mmap.PAGESIZE * 3, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS,"
                + " prot=1 + len(kept) % 2 * 2))\n"
                + "  if len(kept) > 200: kept = kept[1::2]\n";
        try (TestProcess process = TestProcess.python(program)) {
            assertThat(process.line()).isEqualTo("ready");
            for (int i = 0; i < 300; i++) {
                try {
                    List<Mapping> mappings = i % 3 == 0 ? PROC.smaps(process.pid()) : PROC.maps(process.pid());
                    assertThat(mappings)
                            .isSortedAccordingTo((a, b) -> a.range().compareTo(b.range()))
                            .anyMatch(mapping -> mapping.backing().isLabelled("[stack]"));
                } catch (ProcException e) {
                    assertThat(e.kind()).isEqualTo(Kind.RACED);
                }
            }
        }
    }

    private interface Reading {
        Object of(int pid) throws IOException;
    }

    private static Mapping last(List<Mapping> mappings) {
        return mappings.get(mappings.size() - 1);
    }

    /** Without what other processes of the machine have a part in. */
    private static List<Mapping> bare(List<Mapping> mappings) {
        return mappings.stream()
                .map(mapping -> mapping.withUsage(null).withPages(null))
                .toList();
    }

    /** Two readings that agree: the loader may still be at work in the first. */
    private static Object settled(Reading reading, int pid) throws IOException {
        Object last = reading.of(pid);
        while (true) {
            Object next = reading.of(pid);
            if (!(next instanceof List) || next.equals(last)) {
                return next;
            }
            last = next;
        }
    }

    /** Some files can still be read when the address space is gone, until the parent has waited. */
    private static boolean isZombieReadable(Object seen) {
        return (seen instanceof ProcStatus status && status.virtualSize() == null)
                || (seen instanceof CurrentCall call && call.number() == null);
    }
}
