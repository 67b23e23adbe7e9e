#include <stdio.h>

int main(void)
{
    puts("ERROR SUMMARY: 0 errors from 0 contexts");
    return 0;
}
