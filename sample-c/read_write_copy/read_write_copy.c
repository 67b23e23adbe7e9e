/* read_write_copy: copy a file through a buffer, with read(2) and write(2).

   Usage: read_write_copy [SOURCE [DESTINATION]]       (defaults in.dat and out.dat)

   Build: make -B read_write_copy DEFINES=-DBUFFER=1048576      (default 8192, as in the textbook)

   The address space does not change while it copies: the data goes from the page cache into the buffer and back.
   The time it prints is that of the whole copy, from the first open to the last close.

   By hand: make_in_dat && read_write_copy && cmp in.dat out.dat
        cmp says nothing: the files are equal.
   By hand: strace -c read_write_copy
        one read and one write for every 8 KiB, and one read more that finds the end.
   By hand: with -DBUFFER=1048576, and again
        it takes less time; the second run of each is the one to compare, since the first also fills the page cache.

   Try: read_write_copy
        -> from opened to copied: mmap 0, brk 0, memory same
        -> ends 0 */
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "../common/checkpoint.h"
#include "../common/copy.h"
#include "../common/die.h"

#ifndef BUFFER
#define BUFFER 8192
#endif

static char buffer[BUFFER];

static void write_all(struct copy copy, const char *bytes, ssize_t length)
{
    while (length > 0) {
        ssize_t written = write(copy.out, bytes, (size_t) length);
        if (written == -1)
            die("write %s", copy.destination);
        bytes += written;
        length -= written;
    }
}

int main(int argc, char *argv[])
{
    struct timespec start = now();
    struct copy copy = open_copy(argc, argv);
    ssize_t length;

    checkpoint("opened");
    while ((length = read(copy.in, buffer, sizeof buffer)) > 0)
        write_all(copy, buffer, length);
    if (length == -1)
        die("read %s", copy.source);
    checkpoint("copied");

    close_copy(copy);
    report_copy(copy, start);
    return 0;
}
