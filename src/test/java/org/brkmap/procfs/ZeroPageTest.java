package org.brkmap.procfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.brkmap.libc.FreshPage;
import org.brkmap.model.Mapping;
import org.junit.jupiter.api.Test;

/** What reading brings is what this kernel does; the ways to find out must agree, and agree with another process. */
class ZeroPageTest {
    @Test
    void scanAndUsageAgree() throws Exception {
        assumeTrue(KernelFeatures.ofThisKernel().pageScan(), "this kernel has no PAGEMAP_SCAN");
        try (FreshPage page = new FreshPage()) {
            assertThat(page.read()).isZero();
            assertThat(ZeroPage.byScan(page.address())).isNotNull().isEqualTo(ZeroPage.byUsage(page.address()));
        }
    }

    @Test
    void anotherProcessSeesTheSame() throws Exception {
        String program = "import ctypes,signal\nlibc = ctypes.CDLL(None)\nlibc.mmap.restype = ctypes.c_void_p\n"
                + "libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t] + [ctypes.c_int] * 3 + [ctypes.c_long]\n"
                + "libc.mprotect.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]\n"
                + "page = libc.getpagesize()\na = libc.mmap(None, 3 * page, 0, 0x22, -1, 0) + page\n"
                + "libc.mprotect(a, page, 3)\nctypes.c_ubyte.from_address(a).value\n"
                + "print('%x' % a, flush=True)\nsignal.pause()";
        try (TestProcess process = TestProcess.python(program)) {
            long address = Long.parseUnsignedLong(process.line(), 16);
            process.stop();
            List<Mapping> rows = ProcFs.live().smaps(process.pid());
            assertThat(rows)
                    .filteredOn(row -> row.range().start() == address)
                    .singleElement()
                    .satisfies(row -> assertThat(row.usage().rss())
                            .isEqualTo(Boolean.TRUE.equals(ZeroPage.isShared()) ? 0 : row.size()));
        }
    }
}
