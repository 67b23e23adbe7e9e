package org.brkmap.model;

/**
 * What lies behind a mapping, by the last fields of its row of maps (proc_pid_maps(5)). Immutable.
 *
 * @param major device major number
 * @param minor device minor number
 * @param inode inode number; 0 for anonymous memory
 * @param offset byte offset in the file of the mapping's first byte
 * @param name the last field verbatim, as the kernel printed it: a path, a {@code [label]}, or empty. The kernel escapes a
 *     newline as {@code \012} and nothing else, so a name is shown to people only after escaping
 */
public record Backing(int major, int minor, long inode, long offset, String name) {

    /** Anonymous memory without a label. */
    public static final Backing ANONYMOUS = new Backing(0, 0, 0, 0, "");

    /** Whether the name is that of a file: only a path begins with a slash, whatever a label may look like. */
    public boolean isFile() {
        return name.startsWith("/");
    }

    /** Whether the whole name is this label of the kernel's, such as {@code [heap]}. */
    public boolean isLabelled(String label) {
        return inode == 0 && name.equals(label);
    }

    /** Whether both are the same file by device and inode. */
    public boolean sameFile(Backing other) {
        return inode != 0 && inode == other.inode && major == other.major && minor == other.minor;
    }
}
