/* copy_range: copy a file with copy_file_range(2): the kernel copies, the bytes never come to the program.

   Usage: copy_range [-s] SOURCE DESTINATION                 (-s waits for the disk)

   A file system that can share blocks between files (Btrfs, XFS) copies nothing at all; the others move pages from one
   file's page cache to the other's. Across file systems the answer may be EXDEV.

   By hand: strace -c copy_range in.dat out.dat
        a few calls, whatever the size of the file.

   Try: copy_range in.dat out.dat
        -> mmap 0, ends 0 */
#define _GNU_SOURCE
#include "strategy.h"

int main(int argc, char *argv[])
{
    struct job job = begin(argc, argv, "");
    size_t left = job.length;

    enter(&job, COPY);
    while (left > 0) {
        ssize_t copied = copy_file_range(job.in, NULL, job.out, NULL, left, 0);
        if (copied == -1)
            die("copy_file_range %s", job.destination);
        if (copied == 0)
            fail("%s became shorter while it was copied", job.source);
        left -= (size_t) copied;
    }
    finish(&job);
    return 0;
}
