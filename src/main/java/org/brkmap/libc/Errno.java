package org.brkmap.libc;

/** The error numbers brkmap acts upon; the same on x86-64 and aarch64 (errno(3)). */
public final class Errno {
    public static final int EPERM = 1;
    public static final int ENOENT = 2;
    public static final int ESRCH = 3;
    public static final int EINTR = 4;
    public static final int EIO = 5;
    public static final int EBADF = 9;
    public static final int ECHILD = 10;
    public static final int EAGAIN = 11;
    public static final int EACCES = 13;
    public static final int EINVAL = 22;
    public static final int ENOSYS = 38;

    private Errno() {}

    /** The error's text, such as {@code Permission denied}. */
    public static String text(int errno) {
        return CLibrary.strerror(errno);
    }
}
