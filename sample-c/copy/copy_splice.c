/* copy_splice: copy a file through a pipe with splice(2), which moves pages by reference.

   Usage: copy_splice [-s] SOURCE DESTINATION [PIPE]         (bytes; default 1048576; -s waits for the disk)

   From file to pipe no byte is copied: the pipe holds the pages of the page cache themselves. From pipe to file they are
   copied once. The length of the pipe decides how often the kernel is entered; an unprivileged one ends at
   /proc/sys/fs/pipe-max-size.

   By hand: copy_splice in.dat out.dat 65536, then with 1048576
        the same copy with a sixteenth of the calls.

   Try: copy_splice in.dat out.dat
        -> mmap 0, ends 0 */
#define _GNU_SOURCE
#include "strategy.h"

static ssize_t move(int from, int to, size_t length)
{
    ssize_t moved = splice(from, NULL, to, NULL, length, SPLICE_F_MOVE);

    if (moved == -1)
        die("splice");
    return moved;
}

int main(int argc, char *argv[])
{
    struct job job = begin(argc, argv, "[PIPE]");
    long size = job.how == NULL ? 1 << 20 : number("PIPE", job.how, 4096, 1L << 30);
    size_t left = job.length;
    int ends[2];

    if (pipe(ends) == -1)
        die("pipe");
    if (fcntl(ends[1], F_SETPIPE_SZ, (int) size) == -1)
        die("fcntl F_SETPIPE_SZ %ld", size);
    enter(&job, COPY);
    while (left > 0) {
        ssize_t taken = move(job.in, ends[1], left < (size_t) size ? left : (size_t) size);
        if (taken == 0)
            fail("%s became shorter while it was copied", job.source);
        left -= (size_t) taken;
        while (taken > 0)
            taken -= move(ends[0], job.out, (size_t) taken);
    }
    finish(&job);
    return 0;
}
