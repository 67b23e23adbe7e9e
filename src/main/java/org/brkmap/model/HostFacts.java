package org.brkmap.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the numbers of a run depend on. Null where the host does not say. Immutable.
 *
 * @param kernel release, as uname(2)
 * @param machine architecture, as uname(2)
 * @param libc name and version of the C library that the program ran with, such as {@code glibc 2.36}; null if it is static
 * @param compiler first line of the compiler's version, or null if none was used
 * @param pageSize bytes of a page
 * @param aslr {@code /proc/sys/kernel/randomize_va_space}
 * @param transparentHugePages the chosen word of {@code /sys/kernel/mm/transparent_hugepage/enabled}
 * @param zeroPage whether reading private anonymous memory that nobody has written brings no page: the kernel shows its one page
 *     of zeros, which Rss does not count. Kernels do by default; in some virtual machines each page that is read is one of its own
 * @param capabilities what observing could use here, such as {@code ptrace}, {@code pagemap}
 */
public record HostFacts(
        String kernel,
        String machine,
        @Nullable String libc,
        @Nullable String compiler,
        int pageSize,
        @Nullable Integer aslr,
        @Nullable String transparentHugePages,
        @Nullable Boolean zeroPage,
        List<String> capabilities) {
    public HostFacts {
        capabilities = List.copyOf(capabilities);
    }

    /** Whether calls were seen at all: where ptrace is refused, a run has snapshots and no events. */
    public boolean tracesCalls() {
        return capabilities.contains("ptrace");
    }
}
