/* Touches memory that is shared with children it never has. Exit status 42: it got 4 GiB. */
#include <string.h>
#include <sys/mman.h>
int main(void)
{
    for (int i = 0; i < 256; i++) {
        char *at = mmap(0, 16 << 20, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        if (at == MAP_FAILED)
            return 0;
        memset(at, 1, 16 << 20);
    }
    return 42;
}
