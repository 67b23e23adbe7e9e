package org.brkmap.model;

/** The permissions of a mapping, the second field of a row of maps (proc_pid_maps(5)). Immutable. */
public record Permissions(boolean read, boolean write, boolean execute, boolean shared) {

    /**
     * Reads the four characters the kernel prints, such as {@code rw-p}.
     *
     * @throws IllegalArgumentException if the text is not of that form
     */
    public static Permissions parse(String text) {
        boolean isWell = text.length() == 4
                && isOneOf(text.charAt(0), 'r', '-')
                && isOneOf(text.charAt(1), 'w', '-')
                && isOneOf(text.charAt(2), 'x', '-')
                && isOneOf(text.charAt(3), 'p', 's');
        if (!isWell) {
            throw new IllegalArgumentException("not permissions as maps prints them: '" + text + "'");
        }
        return new Permissions(
                text.charAt(0) == 'r', text.charAt(1) == 'w', text.charAt(2) == 'x', text.charAt(3) == 's');
    }

    private static boolean isOneOf(char letter, char one, char other) {
        return letter == one || letter == other;
    }

    /** Whether no access at all is allowed, as for a guard. */
    public boolean none() {
        return !read && !write && !execute;
    }

    @Override
    public String toString() {
        return (read ? "r" : "-") + (write ? "w" : "-") + (execute ? "x" : "-") + (shared ? "s" : "p");
    }
}
