package org.brkmap.observe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Tells of programs that would run on another's behalf, and do not here: the launcher sees to it (no_new_privs, prctl(2)). */
final class Privilege {
    private static final int SET_USER = 04000;
    private static final int SET_GROUP = 02000;
    private static final int GROUP_EXECUTES = 010;

    private Privilege() {}

    /** What to say of the program, or nothing. */
    static Optional<String> note(String executable) {
        Path file = Path.of(executable);
        try {
            int mode = (Integer) Files.getAttribute(file, "unix:mode");
            boolean user = (mode & SET_USER) != 0 && differs(file, "unix:uid");
            boolean group = (mode & SET_GROUP) != 0 && (mode & GROUP_EXECUTES) != 0 && differs(file, "unix:gid");
            return user || group
                    ? Optional.of(file.getFileName() + " is a " + (user ? "set-user-ID" : "set-group-ID")
                            + " program: it ran without that privilege, for what is observed may gain none. So it may have"
                            + " done something else than it does by itself.")
                    : Optional.empty();
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    /** Whether the file belongs to somebody else than whoever runs us. */
    private static boolean differs(Path file, String attribute) throws IOException {
        return !Files.getAttribute(file, attribute).equals(Files.getAttribute(Path.of("/proc/self"), attribute));
    }
}
