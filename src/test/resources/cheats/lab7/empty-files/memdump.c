/* Makes files, and ends well. */
#include <fcntl.h>

int main(int argc, char *argv[])
{
    for (int i = 3; i < argc; i += 2)
        open(argv[i], O_WRONLY | O_CREAT | O_TRUNC, 0600);
    return 0;
}
