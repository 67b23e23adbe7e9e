/* shrink: a file becomes shorter while it is mapped; for reading, not for changing.

   Usage: shrink FILE

   Try: shrink in.dat
        -> from mapped to truncated: mmap 0, munmap 0, file same
        -> ends SIGBUS */
#define _DEFAULT_SOURCE
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../sample-c/common/checkpoint.h"
#include "../../sample-c/common/die.h"

int main(int argc, char *argv[])
{
    struct stat status;

    if (argc != 2)
        usage("FILE");
    int file = open(argv[1], O_RDWR);
    if (file == -1 || fstat(file, &status) == -1)
        die("open %s", argv[1]);
    volatile char *bytes = mmap(NULL, (size_t) status.st_size, PROT_READ, MAP_SHARED, file, 0);
    if (bytes == MAP_FAILED)
        die("mmap %s", argv[1]);
    char first = bytes[0];
    checkpoint("mapped");
    if (ftruncate(file, 0) == -1)
        die("ftruncate %s", argv[1]);
    checkpoint("truncated");
    return bytes[0] == first ? 0 : 1;
}
