/* mm_copy: copy a file by mapping source and destination, and copying memory.

   Usage: mm_copy SOURCE DESTINATION

   Your turn: write copy(). What it must do:
     - The destination has the source's bytes, all of them and no others, whatever lay there before.
       A source of 0 bytes is a source, too.
     - A new destination has the source's permission bits, less those that the umask takes away.
     - Both files are mapped, and no data goes through read or write.
     - Call checkpoint("mapped") when both are mapped, and before you copy; the observer looks at your map then.
     - If anything fails, say on standard error which file it is, and end with a status that is not 0.
     - Extra: a disk that is full is such an error, and not a SIGBUS.

   Build and look by hand:  gcc -g -o mm_copy mm_copy.c && strace ./mm_copy mm_copy.c copy.c */
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
        for (size_t done = 0; done < length;) {
            ssize_t read_now = read(in, to + done, length - done);
            if (read_now <= 0)
                die("read %s", source);
            done += (size_t) read_now;
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
