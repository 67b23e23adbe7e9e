package org.brkmap.toolchain;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The environment that tools run in: this process's own, less what changes how a program allocates, prints or is built
 * without anybody seeing it.
 */
final class CleanEnvironment {
    private static final Set<String> DROPPED = Set.of(
            "GLIBC_TUNABLES",
            "LANG",
            "LANGUAGE",
            "GCC_COLORS",
            "DEPENDENCIES_OUTPUT",
            "SUNPRO_DEPENDENCIES",
            "MAKEFLAGS",
            "MFLAGS",
            "MAKEFILES",
            "MAKELEVEL",
            "DEBUGINFOD_URLS",
            "JAVA_TOOL_OPTIONS");

    private CleanEnvironment() {}

    static Map<String, String> inherited() {
        return of(System.getenv());
    }

    static Map<String, String> of(Map<String, String> environment) {
        Map<String, String> clean = new TreeMap<>(environment);
        clean.keySet().removeIf(CleanEnvironment::isDropped);
        clean.put("LC_ALL", "C");
        return clean;
    }

    private static boolean isDropped(String name) {
        boolean ofLoader = name.startsWith("LD_") && !name.equals("LD_LIBRARY_PATH");
        return ofLoader || name.startsWith("MALLOC_") || name.startsWith("LC_") || DROPPED.contains(name);
    }
}
