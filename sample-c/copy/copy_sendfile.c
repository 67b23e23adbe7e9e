/* copy_sendfile: copy a file with sendfile(2): the kernel reads one file and writes the other.

   Usage: copy_sendfile [-s] SOURCE DESTINATION              (-s waits for the disk)

   Made for sockets, it serves files since Linux 2.6.33; inside, the pages pass through a pipe that the program never sees.

   By hand: strace -c copy_sendfile in.dat out.dat
        one call for every 2 GiB: it moves at most 0x7ffff000 bytes.

   Try: copy_sendfile in.dat out.dat
        -> mmap 0, ends 0 */
#include <sys/sendfile.h>

#include "strategy.h"

int main(int argc, char *argv[])
{
    struct job job = begin(argc, argv, "");
    size_t left = job.length;

    enter(&job, COPY);
    while (left > 0) {
        ssize_t copied = sendfile(job.out, job.in, NULL, left);
        if (copied == -1)
            die("sendfile %s", job.destination);
        if (copied == 0)
            fail("%s became shorter while it was copied", job.source);
        left -= (size_t) copied;
    }
    finish(&job);
    return 0;
}
