package org.brkmap.elf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether the file at a path is still the one that a process has mapped. */
public final class FileIdentity {
    private FileIdentity() {}

    /**
     * Whether another file has taken its place. Where the file system reports another device than maps does (overlayfs, btrfs),
     * its inode numbers say nothing, and the file counts as the same.
     *
     * @param path as maps shows it, newlines unescaped
     * @param major device major number in maps
     * @param minor device minor number in maps
     * @param inode inode number in maps
     * @return false if there is no such file at all
     */
    public static boolean isReplaced(Path path, int major, int minor, long inode) {
        try {
            long device = (Long) Files.getAttribute(path, "unix:dev");
            long now = (Long) Files.getAttribute(path, "unix:ino");
            return now != inode && majorOf(device) == major && minorOf(device) == minor;
        } catch (IOException e) {
            return false;
        }
    }

    /** As major(3) of glibc. */
    private static long majorOf(long device) {
        return (device >>> 8 & 0xfff) | (device >>> 32 & ~0xfffL);
    }

    private static long minorOf(long device) {
        return (device & 0xff) | (device >>> 12 & ~0xffL);
    }
}
