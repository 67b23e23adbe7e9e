/* change: writes one byte of a file through a mapping, of one kind or the other; for reading, not for changing.

   Usage: change FILE shared|private [msync]

   The file begins with 'a'; the byte written is 'b'.

   Try: change in.dat shared msync
        -> mmap 1, ends 0 */
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../../sample-c/common/checkpoint.h"
#include "../../sample-c/common/die.h"

int main(int argc, char *argv[])
{
    if (argc != 3 && argc != 4)
        usage("FILE shared|private [msync]");
    int file = open(argv[1], O_RDWR);
    if (file == -1)
        die("open %s", argv[1]);
    int kind = strcmp(argv[2], "shared") == 0 ? MAP_SHARED : MAP_PRIVATE;
    char *bytes = mmap(NULL, 1, PROT_READ | PROT_WRITE, kind, file, 0);
    if (bytes == MAP_FAILED)
        die("mmap %s", argv[1]);
    checkpoint("mapped");
    bytes[0] = 'b';
    if (argc == 4 && msync(bytes, 1, MS_SYNC) == -1)
        die("msync %s", argv[1]);
    checkpoint("written");
    return 0;
}
