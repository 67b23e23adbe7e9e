package org.brkmap.sandbox;

import java.nio.file.Path;
import java.util.List;

/**
 * What a program sees beside the system's own programs and libraries.
 *
 * @param workspace readable
 * @param readable folders that can be read, too
 * @param outputs folders that it can write to
 * @param directory where it begins
 */
record Walls(Path workspace, List<Path> readable, List<Path> outputs, Path directory) {
    /** Directories of the system's programs and libraries. */
    static final List<String> SYSTEM = List.of("/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32");

    /** Without the loader's cache libraries are found otherwise, and lie otherwise; awk and cc are names in the second. */
    static final List<String> SETTINGS = List.of("/etc/ld.so.cache", "/etc/alternatives");

    Walls {
        readable = List.copyOf(readable);
        outputs = List.copyOf(outputs);
    }
}
