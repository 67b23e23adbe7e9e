/* Writes each file named, and makes one beside it. Exit status 42: one could be changed. */
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>
int main(int argc, char *argv[])
{
    for (int i = 1; i < argc; i++) {
        char beside[4096];
        snprintf(beside, sizeof beside, "%s.beside", argv[i]);
        if (open(argv[i], O_WRONLY) != -1 || open(beside, O_CREAT | O_WRONLY, 0600) != -1 || unlink(argv[i]) == 0
            || rename(argv[i], beside) == 0 || truncate(argv[i], 0) == 0)
            return 42;
    }
    return 0;
}
