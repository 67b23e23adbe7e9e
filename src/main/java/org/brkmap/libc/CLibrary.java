package org.brkmap.libc;

import com.sun.jna.Memory;
import com.sun.jna.Native;

/** The C library's functions, mapped directly. Pointers and C longs are Java longs: brkmap runs on 64-bit Linux only. */
final class CLibrary {
    static {
        UnpackDirectory.choose();
        Native.register(CLibrary.class, "c");
    }

    private CLibrary() {}

    /** Memory of so many bytes outside of the JVM's own. */
    static Memory memory(long bytes) {
        return new Memory(bytes);
    }

    static native long ptrace(long request, long pid, long address, long data);

    static native int waitpid(int pid, long status, int options);

    static native int kill(int pid, int signal);

    static native int posix_spawn(long pid, String path, long actions, long attributes, long argv, long environment);

    static native int posix_spawn_file_actions_init(long actions);

    static native int posix_spawn_file_actions_adddup2(long actions, int from, int to);

    static native int posix_spawn_file_actions_destroy(long actions);

    static native int sched_getaffinity(int pid, long size, long mask);

    static native int sched_setaffinity(int pid, long size, long mask);

    static native int open(String path, int flags);

    static native int close(int fd);

    static native long read(int fd, long buffer, long count);

    static native long write(int fd, long buffer, long count);

    static native int ioctl(int fd, long request, long argument);

    static native long readlink(String path, long buffer, long size);

    static native int memfd_create(String name, int flags);

    static native int ftruncate(int fd, long length);

    static native int fcntl(int fd, int command, int argument);

    static native long mmap(long address, long length, int protection, int flags, int fd, long offset);

    static native int munmap(long address, long length);

    static native long process_vm_readv(
            int pid, long local, long localCount, long remote, long remoteCount, long flags);

    static native int poll(long requests, long count, int timeout);

    static native long syscall(long number, long first, long second, long third);

    static native int getpgrp();

    static native int isatty(int fd);

    static native int tcgetattr(int fd, long attributes);

    static native int tcsetattr(int fd, int when, long attributes);

    static native int grantpt(int fd);

    static native int unlockpt(int fd);

    static native int ptsname_r(int fd, long buffer, long size);

    static native long sysconf(int name);

    static native int clock_gettime(int clock, long time);

    static native String strerror(int errno);

    /** errno as the last call of this thread left it. */
    static int errno() {
        return Native.getLastError();
    }
}
