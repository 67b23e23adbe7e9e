/* Touches memory until there is none. Exit status 42: it got 4 GiB. */
#include <stdlib.h>
#include <string.h>
int main(void)
{
    for (int i = 0; i < 4096; i++) {
        char *block = malloc(1 << 20);
        if (!block)
            return 0;
        memset(block, 1, 1 << 20);
    }
    return 42;
}
