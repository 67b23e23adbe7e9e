/* Writes into those who started it, who are bound by no filter. Exit status 42: it could. */
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>
int main(void)
{
    int victims[] = { 1, getppid() };
    for (int i = 0; i < 2; i++) {
        char name[64];
        snprintf(name, sizeof name, "/proc/%d/mem", victims[i]);
        if (victims[i] > 0 && open(name, O_RDWR) != -1)
            return 42;
    }
    return 0;
}
