package org.brkmap.procfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.brkmap.model.PageState.ABSENT;
import static org.brkmap.model.PageState.ANONYMOUS;
import static org.brkmap.model.PageState.COPIED;
import static org.brkmap.model.PageState.FILE;
import static org.brkmap.model.PageState.GUARD;
import static org.brkmap.model.PageState.SHARED;
import static org.brkmap.model.PageState.ZERO;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.brkmap.model.Mapping;
import org.brkmap.model.PageRun;
import org.brkmap.model.PageState;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The states of pages that a real program has touched in ways we know. */
class PagesTest {
    private static final ProcFs PROC = ProcFs.live();
    private static final ProcFs READ_ONLY_AS_FILES = ProcFs.at(Path.of("/proc"));
    private static final Set<PageState> RESIDENT = EnumSet.of(ANONYMOUS, COPIED, FILE, SHARED, PageState.HUGE);

    @TempDir
    static Path directory;

    private static Regions regions;
    private static List<Mapping> mappings;
    private static int pageSize;

    @BeforeAll
    static void start() throws Exception {
        regions = Regions.start(directory);
        pageSize = PROC.auxv(regions.pid()).pageSize().intValue();
        mappings = PROC.pages(regions.pid(), PROC.smaps(regions.pid()), pageSize);
    }

    @AfterAll
    static void end() throws IOException {
        regions.close();
    }

    @Test
    void written_pages_are_anonymous_and_pages_only_read_are_zero_where_zeros_are_shared() {
        PageState read = zerosAreShared() ? ZERO : ANONYMOUS;
        assertThat(pages("anonymous"))
                .containsExactly(
                        new PageRun(ABSENT, 1),
                        new PageRun(ANONYMOUS, 2),
                        new PageRun(ABSENT, 2),
                        new PageRun(ANONYMOUS, 1),
                        new PageRun(ABSENT, 1),
                        new PageRun(read, 3),
                        new PageRun(ABSENT, 6));
    }

    @Test
    void shared_memory_is_shared() {
        assertThat(pages("shared")).containsExactly(new PageRun(SHARED, 3), new PageRun(ABSENT, 5));
        assertThat(pages("memfd"))
                .containsExactly(new PageRun(ABSENT, 2), new PageRun(SHARED, 1), new PageRun(ABSENT, 1));
    }

    @Test
    void a_write_to_a_private_file_page_makes_a_copy() {
        assertThat(pages("copied")).containsExactly(new PageRun(FILE, 3), new PageRun(COPIED, 2), new PageRun(FILE, 3));
    }

    @Test
    void private_memory_of_dev_zero_is_anonymous() {
        assertThat(pages("devzero")).containsExactly(new PageRun(ANONYMOUS, 1), new PageRun(ABSENT, 3));
    }

    @Test
    void an_installed_guard_is_told_from_swapped_memory() {
        assumeTrue(!regions.has("noguard"), "this kernel has no MADV_GUARD_INSTALL");
        assertThat(pages("guarded"))
                .containsExactly(new PageRun(ANONYMOUS, 1), new PageRun(GUARD, 1), new PageRun(ANONYMOUS, 2));
    }

    @Test
    void a_segment_of_system_v_is_shared() {
        assumeTrue(regions.has("systemv"), "shmget is refused here");
        assertThat(pages("systemv")).containsExactly(new PageRun(SHARED, 1), new PageRun(ABSENT, 1));
    }

    @Test
    void every_mapping_of_user_space_is_told_and_covered() {
        for (Mapping mapping : mappings) {
            if (mapping.backing().isLabelled("[vsyscall]")) {
                assertThat(mapping.pages()).isNull();
            } else {
                assertThat(mapping.pages().stream().mapToLong(PageRun::pages).sum())
                        .as(mapping.toString())
                        .isEqualTo(mapping.size() / pageSize);
            }
        }
    }

    @Test
    void resident_pages_are_as_many_bytes_as_Rss() {
        for (Mapping mapping : mappings) {
            if (mapping.pages() != null && !mapping.backing().name().startsWith("[v")) {
                assertThat(count(mapping, RESIDENT) * pageSize)
                        .as(mapping.toString())
                        .isEqualTo(mapping.usage().rss());
                assertThat(count(mapping, EnumSet.of(ANONYMOUS, COPIED, PageState.HUGE)) * pageSize)
                        .as(mapping.toString())
                        .isEqualTo(mapping.usage().anonymous());
            }
        }
    }

    @Test
    void without_usage_zeros_are_not_taken_for_anything_else() throws IOException {
        assumeTrue(zerosAreShared(), "this kernel has no page of zeros to share");
        List<Mapping> bare = READ_ONLY_AS_FILES.pages(regions.pid(), PROC.maps(regions.pid()), pageSize);
        assertThat(regions.in(bare, "anonymous").pages()).isNull();
        assertThat(regions.in(bare, "copied").pages()).isEqualTo(pages("copied"));
    }

    @Test
    void a_mapping_too_large_to_look_at_is_left_untold() throws Exception {
        String program = "import mmap,signal\n"
                + "m = mmap.mmap(-1, 1 << 40, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | 0x4000, prot=0)\n"
                + "print('ready', flush=True)\nsignal.pause()";
        try (TestProcess process = TestProcess.python(program)) {
            assertThat(process.line()).isEqualTo("ready");
            process.stop();
            List<Mapping> told = READ_ONLY_AS_FILES.pages(process.pid(), PROC.smaps(process.pid()), pageSize);
            assertThat(told)
                    .filteredOn(mapping -> mapping.size() >= 1L << 40)
                    .singleElement()
                    .satisfies(mapping -> assertThat(mapping.pages()).isNull());
            assertThat(told)
                    .filteredOn(mapping -> mapping.backing().isLabelled("[stack]"))
                    .allSatisfy(mapping -> assertThat(mapping.pages()).isNotNull());
        }
    }

    @Test
    void huge_pages_and_huge_zeros_are_told() throws Exception {
        String program = "import ctypes,signal\nlibc = ctypes.CDLL(None)\nlibc.mmap.restype = ctypes.c_void_p\n"
                + "libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t] + [ctypes.c_int] * 3 + [ctypes.c_long]\n"
                + "libc.madvise.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]\n"
                + "huge = 2 << 20\na = libc.mmap(None, 3 * huge, 3, 0x22, -1, 0)\na += -a % huge\n"
                + "libc.madvise(a, 2 * huge, 14)\nctypes.c_ubyte.from_address(a).value = 1\n"
                + "ctypes.c_ubyte.from_address(a + huge).value\nprint('%x' % a, flush=True)\nsignal.pause()";
        assumeTrue(pageSize == 4096, "huge pages are 2 MiB where pages are 4 KiB");
        try (TestProcess process = TestProcess.python(program)) {
            long address = Long.parseUnsignedLong(process.line(), 16);
            process.stop();
            Mapping mapping = PROC.pages(process.pid(), PROC.smaps(process.pid()), pageSize).stream()
                    .filter(candidate -> candidate.range().start() == address)
                    .findFirst()
                    .orElseThrow();
            assumeTrue(mapping.usage().anonymousHuge() > 0, "this machine gives no transparent huge pages");
            if (zerosAreShared()) {
                assertThat(mapping.pages().get(0)).isEqualTo(new PageRun(PageState.HUGE, 512));
                assertThat(mapping.pages().get(1).state()).isEqualTo(ZERO);
            } else {
                assertThat(mapping.pages()).first().isEqualTo(new PageRun(PageState.HUGE, 1024));
            }
        }
    }

    /** A kernel without a page of zeros to share gives each page that is read one of its own. */
    private static boolean zerosAreShared() {
        return !Boolean.FALSE.equals(ZeroPage.isShared());
    }

    private static List<PageRun> pages(String region) {
        return regions.in(mappings, region).pages();
    }

    private static long count(Mapping mapping, Set<PageState> states) {
        return mapping.pages().stream()
                .filter(run -> states.contains(run.state()))
                .mapToLong(PageRun::pages)
                .sum();
    }
}
