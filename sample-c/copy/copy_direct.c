/* copy_direct: copy a file past the page cache, with O_DIRECT.

   Usage: copy_direct [-s] SOURCE DESTINATION [BUFFER]       (bytes, a multiple of 4096; default 1048576)

   The disk reads into the buffer and writes from it: the page cache is neither asked nor filled, so that there is no warm
   copy. Address, offset and length must be multiples of the device's block; the last block is written whole and the file
   cut to its length afterwards. File systems without it answer EINVAL (see open(2)).

   By hand: copy_direct in.dat out.dat, twice, beside copy_buffer, twice
        copy_buffer's second run is faster than its first; copy_direct's is not.

   Try: copy_direct in.dat out.dat
        -> mmap 1, munmap 1, ends 0 */
#define _GNU_SOURCE
#include "strategy.h"

static const size_t block = 4096;

static void without_cache(int descriptor, const char *name)
{
    if (fcntl(descriptor, F_SETFL, O_DIRECT) == -1)
        die("fcntl O_DIRECT %s", name);
}

int main(int argc, char *argv[])
{
    struct job job = begin(argc, argv, "[BUFFER]");
    size_t size = job.how == NULL ? 1 << 20 : (size_t) number("BUFFER", job.how, 4096, 1L << 30);
    char *buffer;
    ssize_t length;

    if (size % block != 0)
        fail("BUFFER must be a multiple of %zu, not %zu", block, size);
    without_cache(job.in, job.source);
    without_cache(job.out, job.destination);
    errno = posix_memalign((void **) &buffer, block, size);
    if (errno != 0)
        die("posix_memalign %zu", size);
    enter(&job, COPY);
    while ((length = read(job.in, buffer, size)) > 0) {
        size_t whole = ((size_t) length + block - 1) / block * block;
        memset(buffer + length, 0, whole - (size_t) length);
        write_all(&job, buffer, whole);
    }
    if (length == -1)
        die("read %s", job.source);
    finish(&job);
    free(buffer);
    return 0;
}
