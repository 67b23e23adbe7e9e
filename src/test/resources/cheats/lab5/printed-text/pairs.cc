#include <stdio.h>

int main(void)
{
    puts("All heap blocks were freed -- no leaks are possible");
    return 0;
}
