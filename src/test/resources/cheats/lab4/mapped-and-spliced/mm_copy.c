/* Maps both files, and has the bytes moved through a pipe, past both mappings. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../sample-c/common/checkpoint.h"
#include "../../sample-c/common/die.h"

static char *map(int file, const char *name, size_t length, int protection)
{
    char *start = mmap(NULL, length, protection, MAP_SHARED, file, 0);

    if (start == MAP_FAILED)
        die("mmap %s", name);
    return start;
}

static void copy(const char *source, const char *destination)
{
    struct stat status;

    int in = open(source, O_RDONLY);
    if (in == -1 || fstat(in, &status) == -1)
        die("open %s", source);
    if (!S_ISREG(status.st_mode))
        fail("%s is not a regular file", source);
    size_t length = (size_t) status.st_size;
    int out = open(destination, O_RDWR | O_CREAT | O_TRUNC, status.st_mode & 0777);
    if (out == -1)
        die("open %s", destination);
    if (length > 0) {
        /* Reserves the room, so that a full disk is an error here, and not a SIGBUS below. */
        errno = posix_fallocate(out, 0, (off_t) length);
        if (errno != 0)
            die("posix_fallocate %s", destination);
        char *from = map(in, source, length, PROT_READ);
        char *to = map(out, destination, length, PROT_READ | PROT_WRITE);
        checkpoint("mapped");
        int ends[2];
        if (pipe(ends) == -1)
            die("pipe");
        for (size_t done = 0; done < length;) {
            ssize_t moved = splice(in, NULL, ends[1], NULL, length - done, 0);
            if (moved <= 0 || splice(ends[0], NULL, out, NULL, (size_t) moved, 0) != moved)
                die("splice %s", destination);
            done += (size_t) moved;
        }
        if (munmap(to, length) == -1 || munmap(from, length) == -1)
            die("munmap");
    }
    if (close(out) == -1)
        die("close %s", destination);
    close(in);
}

int main(int argc, char *argv[])
{
    if (argc != 3)
        usage("SOURCE DESTINATION");
    copy(argv[1], argv[2]);
    return 0;
}
