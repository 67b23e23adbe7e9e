package org.brkmap.procfs;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.brkmap.model.AddressRange;
import org.brkmap.model.Mapping;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Memory, descriptors and threads of a real process. */
class MemoryTest {
    private static final ProcFs PROC = ProcFs.live();

    @TempDir
    static Path directory;

    private static Regions regions;
    private static int pageSize;

    @BeforeAll
    static void start() throws Exception {
        regions = Regions.start(directory);
        pageSize = PROC.auxv(regions.pid()).pageSize().intValue();
    }

    @AfterAll
    static void end() throws IOException {
        regions.close();
    }

    @Test
    void memory_is_read_as_it_was_written() throws IOException {
        byte[] pages = new byte[3 * pageSize];
        long address = regions.addresses().get("anonymous");
        assertThat(PROC.readMemory(regions.pid(), address, pages)).isEqualTo(pages.length);
        byte[] expected = new byte[3 * pageSize];
        expected[pageSize] = (byte) 0xa5;
        expected[2 * pageSize] = (byte) 0xa5;
        assertThat(pages).isEqualTo(expected);
    }

    @Test
    void a_read_goes_to_its_place_in_the_buffer_only() throws IOException {
        byte[] buffer = new byte[8];
        Arrays.fill(buffer, (byte) 1);
        long address = regions.addresses().get("anonymous") + pageSize;
        assertThat(PROC.readMemory(regions.pid(), address, buffer, 2, 3)).isEqualTo(3);
        assertThat(buffer).containsExactly(1, 1, 0xa5, 0, 0, 1, 1, 1);
    }

    @Test
    void the_arguments_are_where_the_layout_says() throws IOException {
        long from = PROC.layout(regions.pid()).argStart();
        byte[] arguments = new byte[(int) (PROC.layout(regions.pid()).argEnd() - from)];
        PROC.readMemory(regions.pid(), from, arguments);
        assertThat(new String(arguments, US_ASCII).split("\0")).contains(directory.toString());
    }

    @Test
    void a_read_across_the_end_of_memory_is_short() throws IOException {
        Mapping stack = PROC.maps(regions.pid()).stream()
                .filter(mapping -> mapping.backing().isLabelled("[stack]"))
                .findFirst()
                .orElseThrow();
        byte[] buffer = new byte[2 * pageSize];
        assertThat(PROC.readMemory(regions.pid(), stack.range().end() - 100, buffer))
                .isEqualTo(100);
    }

    @Test
    void where_nothing_is_nothing_is_read() throws IOException {
        assertThat(PROC.readMemory(regions.pid(), 0, new byte[8])).isZero();
        assertThat(PROC.readMemory(regions.pid(), 0xffffffffff600000L, new byte[8]))
                .isZero();
        assertThat(PROC.readMemory(regions.pid(), -1L, new byte[8])).isZero();
        assertThat(PROC.readMemory(regions.pid(), 0, new byte[0])).isZero();
    }

    @Test
    void hostile_names_of_a_live_process_are_read_verbatim() throws IOException {
        List<Mapping> maps = PROC.maps(regions.pid());
        assertThat(name(maps, "blanks")).isEqualTo(directory + "/ two  words\tand a tab ");
        assertThat(name(maps, "markup")).isEqualTo(directory + "/<img src=x onerror=alert(1)>&amp;\"'");
        assertThat(name(maps, "label")).isEqualTo(directory + "/[heap]\\012<img src=x>");
        assertThat(name(maps, "bracket")).isEqualTo(directory + "/[stack]");
        assertThat(name(maps, "deleted")).isEqualTo(directory + "/gone (deleted)");
        assertThat(name(maps, "pretends")).isEqualTo(directory + "/here (deleted)");
        assertThat(name(maps, "umlaut")).isEqualTo(directory + "/gr\u00fc\u00dfe");
        assertThat(name(maps, "memfd")).isEqualTo("/memfd:two words\\012<img src=x> (deleted)");
        assertThat(maps)
                .filteredOn(mapping -> mapping.backing().isLabelled("[heap]"))
                .allMatch(mapping -> !mapping.range()
                        .overlaps(AddressRange.ofLength(regions.addresses().get("label"), pageSize)));
    }

    @Test
    void descriptors_lead_to_their_files() throws Exception {
        String program = "import os,signal,sys\nos.dup2(os.open(sys.argv[1], os.O_RDONLY), 77)\n"
                + "print('ready', flush=True)\nsignal.pause()";
        try (TestProcess process = TestProcess.python(
                "import sys\nsys.argv[1] += '/gr\\u00fc\\u00dfe'\n" + program, directory.toString())) {
            assertThat(process.line()).isEqualTo("ready");
            assertThat(PROC.fileBehind(process.pid(), 77)).contains(directory + "/gr\u00fc\u00dfe");
            assertThat(PROC.fileBehind(process.pid(), 1))
                    .hasValueSatisfying(name -> assertThat(name).startsWith("pipe:["));
            assertThat(PROC.fileBehind(process.pid(), 78)).isEmpty();
        }
    }

    @Test
    void threads_are_listed_with_their_names_and_calls() throws Exception {
        String program = "import threading,signal,ctypes\n"
                + "def work():\n"
                + "  ctypes.CDLL(None).prctl(15, b'a ) \\n b', 0, 0, 0)\n"
                + "  print(threading.get_native_id(), flush=True)\n"
                + "  threading.Event().wait()\n"
                + "threading.Thread(target=work, daemon=True).start()\nsignal.pause()";
        try (TestProcess process = TestProcess.python(program)) {
            int tid = Integer.parseInt(process.line());
            assertThat(PROC.threads(process.pid())).containsExactlyInAnyOrder(process.pid(), tid);
            assertThat(PROC.threadName(process.pid(), tid)).isEqualTo("a ) \n b");
            assertThat(PROC.stat(tid).command()).isEqualTo("a ) \n b");
            assertThat(PROC.status(tid).threadGroup()).isEqualTo(process.pid());
            assertThat(PROC.maps(tid)).isEqualTo(PROC.maps(process.pid()));
            process.stop();
            CurrentCall call = PROC.syscall(process.pid(), tid);
            assertThat(call.stackPointer()).isNotNull();
            assertThat(PROC.maps(tid))
                    .anyMatch(mapping -> mapping.range().contains(call.stackPointer())
                            && mapping.permissions().write());
            assertThat(PROC.io(process.pid()).readCharacters()).isPositive();
        }
    }

    private static String name(List<Mapping> maps, String region) {
        return regions.in(maps, region).backing().name();
    }
}
