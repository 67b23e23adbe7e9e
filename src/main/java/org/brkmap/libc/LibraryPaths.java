package org.brkmap.libc;

import java.util.HashMap;
import java.util.Map;

/**
 * Names a library so that LD_PRELOAD can hold it: the loader splits that variable at blanks and colons and knows no quoting
 * (ld.so(8)). A library whose path has any is kept open as long as this JVM lives, and named by its descriptor. Thread-safe.
 */
public final class LibraryPaths {
    private static final Map<String, String> DESCRIPTORS = new HashMap<>();

    private LibraryPaths() {}

    /** The path itself where that will do, else a path below /proc that leads to the same file. */
    public static synchronized String forPreload(String path) throws NativeException {
        if (path.chars().noneMatch(c -> c == ':' || Character.isWhitespace(c))) {
            return path;
        }
        String known = DESCRIPTORS.get(path);
        if (known != null) {
            return known;
        }
        String name = "/proc/" + ProcessHandle.current().pid() + "/fd/" + OpenFile.readOnly(path);
        DESCRIPTORS.put(path, name);
        return name;
    }
}
