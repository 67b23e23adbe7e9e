package org.brkmap.libc;

import java.util.List;
import java.util.Map;

/** Starts shells on a terminal of their own, as the harness starts its targets. */
final class Children {
    private static final String SHELL = "/bin/sh";

    private Children() {}

    static int shell(PseudoTerminal terminal, String script) throws NativeException {
        int fd = terminal.openForProgram();
        try {
            return Processes.spawn(
                    SHELL, List.of("sh", "-c", script), List.of("PATH=/usr/bin:/bin", "LC_ALL=C"), fd, Map.of());
        } finally {
            terminal.closeHanded(fd);
        }
    }
}
