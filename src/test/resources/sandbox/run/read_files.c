/* Opens each file named. Exit status 42: one could be read. */
#include <fcntl.h>
#include <unistd.h>
int main(int argc, char *argv[])
{
    char byte;
    for (int i = 1; i < argc; i++) {
        int fd = open(argv[i], O_RDONLY);
        if (fd != -1 && read(fd, &byte, 1) == 1)
            return 42;
    }
    return 0;
}
