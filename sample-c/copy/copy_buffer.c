/* copy_buffer: copy a file through a buffer, with read(2) and write(2).

   Usage: copy_buffer [-s] SOURCE DESTINATION [BUFFER]       (bytes; default 8192, as in the textbook; -s waits for the disk)

   Each byte is copied twice: from the page cache into the buffer, and from the buffer into the page cache.
   The buffer decides how often the kernel is entered, and whether what was read is still in the processor's cache when
   it is written.

   By hand: copy_buffer in.dat out.dat 4096, then with 65536
        the time in "copy" falls, the number of faults does not: what was saved is the entering of the kernel.

   Try: copy_buffer in.dat out.dat
        -> mmap 0, brk 1, ends 0 */
#include "strategy.h"

int main(int argc, char *argv[])
{
    struct job job = begin(argc, argv, "[BUFFER]");
    size_t size = job.how == NULL ? 8192 : (size_t) number("BUFFER", job.how, 1, 1L << 30);
    char *buffer = malloc(size);
    ssize_t length;

    if (buffer == NULL)
        die("malloc %zu", size);
    enter(&job, COPY);
    while ((length = read(job.in, buffer, size)) > 0)
        write_all(&job, buffer, (size_t) length);
    if (length == -1)
        die("read %s", job.source);
    finish(&job);
    free(buffer);
    return 0;
}
