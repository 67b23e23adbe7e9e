/* Fills files in memory that have no name, and are no private memory. Exit status 42: it got 4 GiB. */
#define _GNU_SOURCE
#include <sys/mman.h>
#include <unistd.h>
static char block[1 << 20];
int main(void)
{
    for (int files = 0; files < 512; files++) {
        int fd = memfd_create("hog", 0);
        for (int i = 0; i < 8; i++)
            if (write(fd, block, sizeof block) != (ssize_t) sizeof block)
                return 0;
    }
    return 42;
}
