package org.brkmap.procfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.brkmap.model.PageState.ABSENT;
import static org.brkmap.model.PageState.ANONYMOUS;
import static org.brkmap.model.PageState.HUGE;
import static org.brkmap.model.PageState.ZERO;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.brkmap.libc.SystemFacts;
import org.brkmap.model.Mapping;
import org.brkmap.model.PageRun;
import org.brkmap.procfs.ProcException.Kind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What newer kernels answer by ioctl is what their files say, on real processes; where they say less, it is what is known. */
class KernelFeaturesTest {
    private static final ProcFs ASKED = ProcFs.live();
    private static final ProcFs READ = ProcFs.at(Path.of("/proc"));
    private static final int PAGE = SystemFacts.pageSize();
    private static final long TERABYTE = 1L << 40;

    @TempDir
    static Path directory;

    private static Regions regions;

    @BeforeAll
    static void start() throws Exception {
        regions = Regions.start(directory);
    }

    @AfterAll
    static void end() throws IOException {
        regions.close();
    }

    @Test
    void a_mapping_asked_for_is_the_row_of_maps() throws IOException {
        assumeTrue(KernelFeatures.ofThisKernel().mappingQuery(), "this kernel has no PROCMAP_QUERY");
        List<Mapping> maps = READ.maps(regions.pid());
        assertThat(maps).hasSizeGreaterThan(30);
        for (Mapping mapping : maps) {
            assertThat(ASKED.mappingAt(regions.pid(), mapping.range().start())).contains(mapping);
            assertThat(ASKED.mappingAt(regions.pid(), mapping.range().end() - 1))
                    .contains(mapping);
        }
    }

    @Test
    void nothing_is_found_in_a_gap() throws IOException {
        List<Mapping> maps = READ.maps(regions.pid());
        assertThat(ASKED.mappingAt(regions.pid(), 0)).isEmpty();
        int gaps = 0;
        for (int i = 1; i < maps.size(); i++) {
            long gap = maps.get(i - 1).range().end();
            if (gap != maps.get(i).range().start() && gap >= 0) {
                gaps++;
                assertThat(ASKED.mappingAt(regions.pid(), gap)).isEmpty();
            }
        }
        assertThat(gaps).isPositive();
    }

    @Test
    void a_process_that_is_gone_is_told_by_its_kind() throws Exception {
        int gone;
        try (TestProcess process = TestProcess.start("sleep", "1000")) {
            gone = process.pid();
        }
        for (ProcFs proc : List.of(ASKED, READ)) {
            assertThat(catching(() -> proc.mappingAt(gone, 4096))).isEqualTo(Kind.GONE);
            assertThat(catching(() -> proc.pages(gone, List.of(), PAGE))).isEqualTo(Kind.GONE);
        }
    }

    @Test
    void pages_asked_for_are_the_pages_read() throws IOException {
        assumeTrue(KernelFeatures.ofThisKernel().pageScan(), "this kernel has no PAGEMAP_SCAN");
        List<Mapping> smaps = READ.smaps(regions.pid());
        List<Mapping> asked = ASKED.pages(regions.pid(), smaps, PAGE);
        List<Mapping> read = READ.pages(regions.pid(), smaps, PAGE);
        assertThat(read.stream().map(Mapping::pages).filter(Objects::nonNull)).hasSizeGreaterThan(30);
        for (int i = 0; i < read.size(); i++) {
            if (read.get(i).pages() != null) {
                assertThat(asked.get(i)).isEqualTo(read.get(i));
            }
        }
        assertThat(ASKED.pages(regions.pid(), READ.maps(regions.pid()), PAGE))
                .as("what is asked for needs no usage")
                .extracting(Mapping::pages)
                .isEqualTo(asked.stream().map(Mapping::pages).toList());
    }

    @Test
    void both_ways_agree_on_every_mapping_of_a_process_with_holes_huge_pages_and_pages_put_out() throws Exception {
        KernelFeatures kernel = KernelFeatures.ofThisKernel();
        assumeTrue(kernel.mappingQuery() && kernel.pageScan(), "this kernel lacks PROCMAP_QUERY or PAGEMAP_SCAN");
        String program = region(600)
                + "write = lambda b: setattr(ctypes.c_ubyte.from_address(b), 'value', 1)\n"
                + "read = lambda b: ctypes.c_ubyte.from_address(b).value\n"
                + "libc.munmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t]\n"
                + "for i in range(0, 600, 3): write(a + i * page)\nfor i in range(1, 600, 5): read(a + i * page)\n"
                + "for i in range(50, 600, 50): libc.munmap(a + i * page, page)\n"
                + "libc.madvise(a + 120 * page, 20 * page, 21)\n" // MADV_PAGEOUT: to the swap, where there is one
                + "block = page // 8 * page\n"
                + "h = (libc.mmap(None, 5 * block, 3, 0x4022, -1, 0) + block - 1) // block * block\n"
                + "libc.madvise(h, 4 * block, 14)\nwrite(h)\nread(h + block)\nwrite(h + 2 * block)\n"
                + "libc.madvise(h + 2 * block, page, 4)\n" // MADV_DONTNEED: tears the huge page
                + "print('%x %x' % (a, h), flush=True)\nsignal.pause()";
        try (TestProcess process = TestProcess.python(program)) {
            long huge = Long.parseUnsignedLong(process.line().split(" ")[1], 16);
            process.stop();
            List<Mapping> smaps;
            List<Mapping> asked;
            List<Mapping> read;
            int tries = 0;
            do {
                assertThat(tries++)
                        .as("tries until khugepaged left the process alone")
                        .isLessThan(100);
                smaps = READ.smaps(process.pid());
                asked = ASKED.pages(process.pid(), smaps, PAGE);
                read = READ.pages(process.pid(), smaps, PAGE);
            } while (!READ.smaps(process.pid()).equals(smaps));
            int compared = 0;
            for (int i = 0; i < smaps.size(); i++) {
                Mapping bare = smaps.get(i).withUsage(null);
                for (long inside : List.of(
                        bare.range().start(),
                        bare.range().start() + bare.size() / 2,
                        bare.range().end() - 1)) {
                    assertThat(ASKED.mappingAt(process.pid(), inside)).contains(bare);
                }
                if (read.get(i).pages() != null) {
                    compared++;
                    assertThat(asked.get(i)).isEqualTo(read.get(i));
                }
            }
            assertThat(compared).isGreaterThan(20);
            Mapping region = ASKED.mappingAt(process.pid(), huge).orElseThrow();
            Mapping told = at(region.range().start(), asked);
            Long inHugePages = Objects.requireNonNull(told.usage()).anonymousHuge();
            assertThat(told.pages().stream()
                            .filter(run -> run.state() == HUGE)
                            .mapToLong(run -> run.pages() * PAGE)
                            .sum())
                    .as("bytes in huge pages, by page and by smaps")
                    .isEqualTo(inHugePages);
        }
    }

    @Test
    void zeros_are_told_from_memory_shared_since_a_fork() throws Exception {
        assumeTrue(KernelFeatures.ofThisKernel().pageScan(), "this kernel has no PAGEMAP_SCAN");
        assumeTrue(Boolean.TRUE.equals(ZeroPage.isShared()), "this kernel has no page of zeros to share");
        String program = region(7)
                + "for i in 0, 1, 4: ctypes.c_ubyte.from_address(a + i * page).value = 1\n"
                + "for i in 2, 5: ctypes.c_ubyte.from_address(a + i * page).value\n"
                + "import os\ninside, outside = os.pipe()\nif os.fork() == 0:\n os.close(outside)\n os.read(inside, 1)\n os._exit(0)\n"
                + "print('%x' % a, flush=True)\nsignal.pause()";
        try (TestProcess process = TestProcess.python(program)) {
            long address = Long.parseUnsignedLong(process.line(), 16);
            process.stop();
            List<Mapping> smaps = READ.smaps(process.pid());
            assertThat(at(address, READ.pages(process.pid(), smaps, PAGE)).pages())
                    .as("no file tells them apart")
                    .isNull();
            assertThat(at(address, ASKED.pages(process.pid(), smaps, PAGE)).pages())
                    .containsExactly(
                            new PageRun(ANONYMOUS, 2),
                            new PageRun(ZERO, 1),
                            new PageRun(ABSENT, 1),
                            new PageRun(ANONYMOUS, 1),
                            new PageRun(ZERO, 1),
                            new PageRun(ABSENT, 1));
        }
    }

    @Test
    void a_reservation_of_a_terabyte_and_a_mapping_of_many_runs_are_told() throws Exception {
        assumeTrue(KernelFeatures.ofThisKernel().pageScan(), "this kernel has no PAGEMAP_SCAN");
        String program = region(TERABYTE / PAGE)
                + "for i in range(3000): ctypes.c_ubyte.from_address(a + 2 * i * page).value = 1\n"
                + "print('%x' % a, flush=True)\nsignal.pause()";
        try (TestProcess process = TestProcess.python(program)) {
            long address = Long.parseUnsignedLong(process.line(), 16);
            process.stop();
            List<Mapping> told = ASKED.pages(process.pid(), READ.maps(process.pid()), PAGE);
            assertThat(at(address, told).pages())
                    .hasSize(6000)
                    .startsWith(new PageRun(ANONYMOUS, 1), new PageRun(ABSENT, 1), new PageRun(ANONYMOUS, 1))
                    .endsWith(new PageRun(ANONYMOUS, 1), new PageRun(ABSENT, TERABYTE / PAGE - 5999));
        }
    }

    /** Python that maps so many pages at {@code a}, without huge ones, between two pages that keep them apart from others. */
    private static String region(long pages) {
        return "import ctypes,mmap,signal\nlibc = ctypes.CDLL(None)\nlibc.mmap.restype = ctypes.c_void_p\n"
                + "libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t] + [ctypes.c_int] * 3 + [ctypes.c_long]\n"
                + "libc.madvise.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]\n"
                + "page, pages = mmap.PAGESIZE, " + pages + "\n"
                + "a = libc.mmap(None, (pages + 2) * page, 0, 0x4022, -1, 0) + page\n"
                + "libc.mmap(a, pages * page, 3, 0x4032, -1, 0)\nlibc.madvise(a, pages * page, 15)\n";
    }

    private static Mapping at(long address, List<Mapping> mappings) {
        return mappings.stream()
                .filter(mapping -> mapping.range().start() == address)
                .findFirst()
                .orElseThrow();
    }

    private interface Reading {
        Object read() throws IOException;
    }

    private static Kind catching(Reading reading) throws IOException {
        try {
            throw new AssertionError("read " + reading.read());
        } catch (ProcException e) {
            return e.kind();
        }
    }
}
