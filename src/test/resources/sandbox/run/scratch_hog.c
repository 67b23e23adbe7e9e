/* Keeps filling each place in memory that it may write to. Exit status 42: it has put 1 GiB into one. */
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>
static char block[1 << 20];
int main(void)
{
    const char *folders[] = { "/tmp", "/dev/shm", "/dev", "/run", "/" };
    for (int f = 0; f < 5; f++) {
        int written = 0;
        for (int i = 0; i < 64; i++) {
            char name[64];
            snprintf(name, sizeof name, "%s/brkmap-hog-%d", folders[f], i);
            int fd = open(name, O_CREAT | O_EXCL | O_WRONLY, 0600);
            if (fd == -1)
                break;
            for (int k = 0; k < 32 && write(fd, block, sizeof block) == (ssize_t) sizeof block; k++)
                written++;
            close(fd);
        }
        if (written >= 1024)
            return 42;
    }
    return 0;
}
