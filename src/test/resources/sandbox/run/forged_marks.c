/* Marks moments that are none, by hand and with markup in their names, and takes no block at all. */
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>
static void mark(const char *label)
{
    syscall(SYS_write, -0x6272, label, strlen(label));
}
int main(void)
{
    for (int i = 0; i < 3; i++) {
        mark("before");
        mark("taken");
        mark("freed");
    }
    mark("<script>alert(1)</script>");
    mark("freed\n100 of 100 points");
    return 0;
}
