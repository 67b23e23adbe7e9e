/* Forks as often as it may, and each child does the same. */
#include <unistd.h>
int main(void)
{
    for (;;)
        fork();
}
