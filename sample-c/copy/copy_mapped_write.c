/* copy_mapped_write: copy a file by mapping the source and writing the mapping.

   Usage: copy_mapped_write [-s] SOURCE DESTINATION          (-s waits for the disk)

   The mapping takes the place of the buffer and of read(2); the destination is written as usual, so that the kernel
   knows that whole pages are coming and need not be filled with zeroes first.

   By hand: strace -c copy_mapped_write in.dat out.dat
        one write for the whole file, and no read of it.
   By hand: copy_mapped_write in.dat out.dat, beside copy_mapped
        about half the faults: only the source's pages are mapped.

   Try: copy_mapped_write in.dat out.dat
        -> mmap 1, munmap 1, ends 0 */
#include <sys/mman.h>

#include "strategy.h"

int main(int argc, char *argv[])
{
    struct job job = begin(argc, argv, "");

    if (job.length > 0) {
        enter(&job, MAP);
        char *from = mmap(NULL, job.length, PROT_READ, MAP_SHARED, job.in, 0);
        if (from == MAP_FAILED)
            die("mmap %s", job.source);
        enter(&job, COPY);
        write_all(&job, from, job.length);
        enter(&job, UNMAP);
        if (munmap(from, job.length) == -1)
            die("munmap %s", job.source);
    }
    finish(&job);
    return 0;
}
