package org.brkmap.analyse;

/**
 * The numbers of Linux's memory calls that the analysis reads, where they are the same on every architecture it knows
 * (mman.h, shm.h, prctl.h, sched.h of the kernel's uapi headers).
 */
final class Calls {
    static final long PROT_READ = 1;
    static final long PROT_WRITE = 2;
    static final long PROT_EXEC = 4;
    static final long PROT_GROWSDOWN = 0x01000000;

    static final long MAP_TYPE = 0x0f;
    static final long MAP_SHARED = 1;
    static final long MAP_SHARED_VALIDATE = 3;
    static final long MAP_FIXED = 0x10;
    static final long MAP_ANONYMOUS = 0x20;
    static final long MAP_GROWSDOWN = 0x100;
    static final long MAP_NORESERVE = 0x4000;
    static final long MAP_STACK = 0x20000;
    static final long MAP_HUGETLB = 0x40000;

    static final long MREMAP_DONTUNMAP = 4;
    static final long MADV_DONTFORK = 10;
    static final long MADV_DOFORK = 11;

    static final long SHM_RDONLY = 010000;
    static final long SHM_EXEC = 0100000;

    static final long PR_SET_MM = 35;
    static final long PR_SET_MM_START_STACK = 5;
    static final long PR_SET_MM_START_BRK = 6;
    static final long PR_SET_MM_BRK = 7;

    static final long CLONE_VM = 0x100;
    static final long CLONE_THREAD = 0x10000;

    static final int ENOMEM = 12;
    static final int EACCES = 13;

    private Calls() {}
}
