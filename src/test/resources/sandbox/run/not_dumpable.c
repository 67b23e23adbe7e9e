/* Hides its memory from those who look at it through /proc. Exit status 42: it could. */
#include <sys/prctl.h>
int main(void)
{
    return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 ? 42 : 0;
}
