package org.brkmap.libc;

import java.io.IOException;

/** A system call failed. Its message names the call, what it was for and the error's text (errno(3)). */
public final class NativeException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int errno;

    public NativeException(String what, int errno) {
        super(what + ": " + CLibrary.strerror(errno));
        this.errno = errno;
    }

    static NativeException last(String what) {
        return new NativeException(what, CLibrary.errno());
    }

    public int errno() {
        return errno;
    }
}
