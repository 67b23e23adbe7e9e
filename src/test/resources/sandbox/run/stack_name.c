/* Maps memory that calls itself a stack, and markup. */
#define _GNU_SOURCE
#include <sys/mman.h>
#include <unistd.h>
int main(void)
{
    int fd = memfd_create("[stack]<script>alert(1)</script>", 0);
    if (fd != -1 && ftruncate(fd, 1 << 20) == 0)
        mmap(0, 1 << 20, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    sleep(1);
    return 0;
}
