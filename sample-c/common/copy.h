/* copy.h: what mmap_copy and read_write_copy share, so that each shows only its own way to copy.

   open_copy   opens the two files that the arguments name (in.dat and out.dat without them);
               the destination is made where it is missing, and emptied, unless it is the source itself.
   close_copy  closes both. report_copy prints bytes and seconds since start. */
#ifndef BRKMAP_COPY_H
#define BRKMAP_COPY_H

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "die.h"

struct copy {
    const char *source, *destination;
    int in, out;
    off_t length;
};

static inline struct timespec now(void)
{
    struct timespec time;

    if (clock_gettime(CLOCK_MONOTONIC, &time) == -1)
        die("clock_gettime");
    return time;
}

static inline struct copy open_copy(int argc, char *argv[])
{
    struct copy copy = {.source = "in.dat", .destination = "out.dat"};
    struct stat in, out;

    if (argc > 3)
        usage("[SOURCE [DESTINATION]]");
    if (argc > 1)
        copy.source = argv[1];
    if (argc > 2)
        copy.destination = argv[2];

    copy.in = open(copy.source, O_RDONLY);
    if (copy.in == -1)
        die("open %s", copy.source);
    if (fstat(copy.in, &in) == -1)
        die("fstat %s", copy.source);
    if (!S_ISREG(in.st_mode))
        fail("%s is not a regular file", copy.source);

    /* Not O_TRUNC: it would empty the source if both names lead to one file. */
    copy.out = open(copy.destination, O_RDWR | O_CREAT, 0644);
    if (copy.out == -1)
        die("open %s", copy.destination);
    if (fstat(copy.out, &out) == -1)
        die("fstat %s", copy.destination);
    if (!S_ISREG(out.st_mode))
        fail("%s is not a regular file", copy.destination);
    if (in.st_dev == out.st_dev && in.st_ino == out.st_ino)
        fail("%s and %s are the same file", copy.source, copy.destination);
    if (ftruncate(copy.out, 0) == -1)
        die("ftruncate %s", copy.destination);
    copy.length = in.st_size;
    return copy;
}

static inline void close_copy(struct copy copy)
{
    if (close(copy.in) == -1)
        die("close %s", copy.source);
    if (close(copy.out) == -1)
        die("close %s", copy.destination);
}

static inline void report_copy(struct copy copy, struct timespec start)
{
    struct timespec end = now();
    double seconds = (double) (end.tv_sec - start.tv_sec) + (double) (end.tv_nsec - start.tv_nsec) / 1e9;

    if (printf("%lld bytes from %s to %s in %.6f s\n", (long long) copy.length, copy.source, copy.destination, seconds) < 0
        || fflush(stdout) == EOF)
        die("write to standard output");
}

#endif
