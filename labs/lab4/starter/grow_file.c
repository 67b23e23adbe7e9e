/* grow_file: writes to a new file through a mapping, and dies of it.

   Usage: grow_file FILE

   As it is, the mapping is 64 KiB long and the file is empty: there is no page behind any of its addresses.

   Your turn: let the program end well, with 64 KiB of 'x' in the file, all of them written through the mapping. */
#define _DEFAULT_SOURCE
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../../sample-c/common/checkpoint.h"
#include "../../sample-c/common/die.h"

enum { LENGTH = 64 * 1024 };

int main(int argc, char *argv[])
{
    if (argc != 2)
        usage("FILE");
    int file = open(argv[1], O_RDWR | O_CREAT | O_TRUNC, 0644);
    if (file == -1)
        die("open %s", argv[1]);

    /* Your turn. */

    char *bytes = mmap(NULL, LENGTH, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (bytes == MAP_FAILED)
        die("mmap %s", argv[1]);
    checkpoint("mapped");
    memset(bytes, 'x', LENGTH);
    checkpoint("written");
    return 0;
}
