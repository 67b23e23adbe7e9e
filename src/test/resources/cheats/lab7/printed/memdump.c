/* Says that all went well. */
#include <stdio.h>

int main(int argc, char *argv[])
{
    for (int i = 3; i < argc; i += 2)
        printf("dumped %s\n", argv[i]);
    return 0;
}
