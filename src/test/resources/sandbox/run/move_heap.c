/* Says that the program break lies elsewhere, so that [heap] is shown there. Exit status 42: the kernel took it. */
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>
int main(void)
{
    char *area = mmap(0, 1 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return prctl(PR_SET_MM, PR_SET_MM_BRK, area, 0, 0) == 0 ? 42 : 0;
}
