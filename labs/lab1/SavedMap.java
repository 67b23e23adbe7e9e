package lab1;

/** A map in the manner of a 32-bit x86 machine of the years around 2005, where addresses have eight digits. */
final class SavedMap {
    static final String TEXT = """
            08048000-08049000 r-xp 00000000 03:01 412031     /home/user/hello
            08049000-0804a000 rw-p 00000000 03:01 412031     /home/user/hello
            0804a000-0806b000 rw-p 0804a000 00:00 0          [heap]
            40000000-40015000 r-xp 00000000 03:01 196612     /lib/ld-2.3.5.so
            40015000-40017000 rw-p 00014000 03:01 196612     /lib/ld-2.3.5.so
            40017000-40018000 rw-p 40017000 00:00 0
            40023000-4014b000 r-xp 00000000 03:01 196618     /lib/libc-2.3.5.so
            4014b000-40150000 rw-p 00128000 03:01 196618     /lib/libc-2.3.5.so
            40150000-40153000 rw-p 40150000 00:00 0
            bffeb000-c0000000 rw-p bffeb000 00:00 0          [stack]
            ffffe000-fffff000 ---p 00000000 00:00 0          [vdso]
            """;

    /** What its rows add up to: pages of 4 KiB, counted row by row. */
    static final long KIB = 4 * (1 + 1 + 33 + 21 + 2 + 1 + 296 + 5 + 3 + 21 + 1);

    private SavedMap() {}
}
