/* Gives advice for all of it, and touches every page by hand. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../sample-c/common/checkpoint.h"
#include "../../sample-c/common/die.h"

int main(int argc, char *argv[])
{
    struct stat status;
    long sum = 0;

    if (argc != 2)
        usage("FILE");
    int file = open(argv[1], O_RDONLY);
    if (file == -1 || fstat(file, &status) == -1)
        die("open %s", argv[1]);
    char *memory = mmap(NULL, (size_t) status.st_size, PROT_READ, MAP_PRIVATE, file, 0);
    if (memory == MAP_FAILED)
        die("mmap %s", argv[1]);
    madvise(memory, (size_t) status.st_size, MADV_WILLNEED);
    for (long i = 0; i < status.st_size; i += 512)
        sum += memory[i];

    checkpoint("ready");
    for (long i = 0; i < status.st_size; i++)
        sum += memory[i];
    checkpoint("read");
    return sum == 0;
}
