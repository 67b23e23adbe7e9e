/* Says where things should lie, and does nothing. */
#include <stdio.h>

int main(void)
{
    puts("object 1 lies in .rodata\nobject 2 lies in .data\nobject 3 lies in .bss");
    puts("object 4 lies in heap\nobject 5 lies in stack");
    return 0;
}
