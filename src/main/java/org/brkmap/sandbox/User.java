package org.brkmap.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Under which user id others' programs run: under this JVM's own, or, if that is root's, under one that nobody has.
 *
 * @param id the user id, and the group's
 * @param isOurs whether it is this JVM's own
 */
public record User(int id, boolean isOurs) {
    /** The first of the ids that root's JVM uses: below those that systemd hands out, above those of people. */
    private static final int FIRST = 58_000;

    /**
     * The user for the slot of this number: several may run at once, and slots of root's share nothing.
     *
     * @param slot from 0
     */
    public static User forSlot(int slot) throws IOException {
        int own = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        return own == 0 ? new User(FIRST + slot, false) : new User(own, true);
    }

    /** Room for what else runs under this id, where that is counted as one: this JVM's threads, or a person's programs. */
    int others() {
        return id >= FIRST ? 100 : 500;
    }

    /** What stands before a command that is to run under it. */
    public List<String> prefix() {
        return isOurs
                ? List.of()
                : List.of(
                        "/usr/bin/setpriv",
                        "--reuid",
                        String.valueOf(id),
                        "--regid",
                        String.valueOf(id),
                        "--clear-groups",
                        "--inh-caps=-all",
                        "--bounding-set=-all",
                        "--no-new-privs",
                        "--");
    }

    /** Gives a folder and all in it to this user, whatever it held before; links are not followed. */
    public void own(Path folder) throws IOException {
        if (isOurs) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                Files.setAttribute(file, "unix:uid", id, LinkOption.NOFOLLOW_LINKS);
                Files.setAttribute(file, "unix:gid", id, LinkOption.NOFOLLOW_LINKS);
            }
        }
    }
}
