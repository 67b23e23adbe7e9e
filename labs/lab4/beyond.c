/* beyond: reads one byte of a mapping, wherever it is told to; for reading, not for changing.

   Usage: beyond FILE PAGES OFFSET

   PAGES pages of FILE are mapped, from its beginning, whatever its length; behind them nothing may be touched.

   Try: beyond in.dat 2 5000
        -> mmap 2, ends 0 */
#define _DEFAULT_SOURCE
#include <fcntl.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../../sample-c/common/checkpoint.h"
#include "../../sample-c/common/die.h"

int main(int argc, char *argv[])
{
    if (argc != 4)
        usage("FILE PAGES OFFSET");
    size_t length = (size_t) number("PAGES", argv[2], 1, 1000) * (size_t) sysconf(_SC_PAGESIZE);
    long offset = number("OFFSET", argv[3], 0, INT32_MAX);
    int file = open(argv[1], O_RDONLY);
    if (file == -1)
        die("open %s", argv[1]);

    /* Twice as much that nobody may touch, and the file over its beginning. */
    char *bytes = mmap(NULL, 2 * length, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (bytes == MAP_FAILED || mmap(bytes, length, PROT_READ, MAP_SHARED | MAP_FIXED, file, 0) == MAP_FAILED)
        die("mmap %s", argv[1]);
    checkpoint("mapped");
    volatile char byte = bytes[offset];
    checkpoint("read");
    return byte == 0 || byte == 'a' ? 0 : 1;
}
