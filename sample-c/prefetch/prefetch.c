/* prefetch: madvise as a way to have pages before they are touched.

   Usage: prefetch FILE [ask | touch]      (default ask)

   The file is thrown out of the page cache (posix_fadvise), and mapped.
   ask:   MADV_WILLNEED reads it into the page cache; MADV_POPULATE_READ puts the pages into the address space; then it is touched.
   touch: it is touched as it is.
   Checkpoints: "mapped", "asked", "populated" (ask only; "populated" from Linux 5.14 on), "touched".

   By hand: dd if=/dev/urandom of=/tmp/f bs=1M count=8 conv=fsync, and prefetch /tmp/f touch
        ps -o min_flt,maj_flt at the prompts: major faults, each of which waited for the disk.
   By hand: prefetch /tmp/f
        no major fault while it is touched; fincore /tmp/f shows it in the cache before.

   Try: prefetch in.dat
        -> from mapped to asked: mmap 0, madvise 16, file same
        -> ends 0 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "../common/checkpoint.h"
#include "../common/die.h"
#include "../common/prompt.h"

#ifndef MADV_POPULATE_READ
#define MADV_POPULATE_READ 22
#endif

static int is_cached(void *memory, size_t length, size_t page)
{
    size_t pages = (length + page - 1) / page;
    unsigned char *there = malloc(pages);
    int all = 1;

    if (there == NULL)
        die("malloc of %zu bytes", pages);
    if (mincore(memory, length, there) == -1)
        die("mincore");
    for (size_t i = 0; i < pages; i++)
        all &= there[i] & 1;
    free(there);
    return all;
}

/* The kernel reads on its own time: five seconds at most. */
static void await_cached(void *memory, size_t length, size_t page)
{
    struct timespec pause = {0, 1000000};

    for (int i = 0; i < 5000 && !is_cached(memory, length, page); i++)
        nanosleep(&pause, NULL);
}

/* The kernel takes a large advice for a hint on its beginning: pieces are read whole. */
static void ask_for(char *memory, size_t length)
{
    size_t piece = 65536;

    for (size_t i = 0; i < length; i += piece)
        if (madvise(memory + i, length - i < piece ? length - i : piece, MADV_WILLNEED) == -1)
            die("madvise MADV_WILLNEED");
}

int main(int argc, char *argv[])
{
    struct stat status;
    const char *how = argc > 2 ? argv[2] : "ask";
    volatile long sum = 0;

    if (argc < 2 || argc > 3 || (strcmp(how, "ask") != 0 && strcmp(how, "touch") != 0))
        usage("FILE [ask | touch]");
    int file = open(argv[1], O_RDONLY);
    if (file == -1 || fstat(file, &status) == -1)
        die("open %s", argv[1]);
    if (status.st_size == 0)
        fail("%s is empty", argv[1]);
    if ((errno = posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED)) != 0)
        die("posix_fadvise %s", argv[1]);
    size_t length = (size_t) status.st_size, page = (size_t) sysconf(_SC_PAGESIZE);
    char *memory = mmap(NULL, length, PROT_READ, MAP_PRIVATE, file, 0);
    if (memory == MAP_FAILED)
        die("mmap %s", argv[1]);
    press_key("go on");
    checkpoint("mapped");

    if (strcmp(how, "ask") == 0) {
        ask_for(memory, length);
        await_cached(memory, length, page);
        checkpoint("asked");
        if (madvise(memory, length, MADV_POPULATE_READ) == 0)
            checkpoint("populated");
        else if (errno != EINVAL)
            die("madvise MADV_POPULATE_READ");
    }
    for (size_t i = 0; i < length; i += page)
        sum = sum + memory[i];
    press_key("end");
    checkpoint("touched");
    return 0;
}
