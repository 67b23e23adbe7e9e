package org.brkmap.libc;

/** Descriptors for ioctls, which the JDK's channels do not lend. */
final class OpenFile {
    private static final int READ_ONLY_CLOSE_ON_EXEC = 0x80000;

    private OpenFile() {}

    static int readOnly(String path) throws NativeException {
        int fd = CLibrary.open(path, READ_ONLY_CLOSE_ON_EXEC);
        if (fd == -1) {
            throw NativeException.last("opening " + path);
        }
        return fd;
    }
}
