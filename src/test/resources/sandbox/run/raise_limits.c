/* Takes the bounds off that it was given. Exit status 42: it could. */
#include <sys/resource.h>
int main(void)
{
    int bounds[] = { RLIMIT_DATA, RLIMIT_FSIZE, RLIMIT_NPROC, RLIMIT_CPU };
    struct rlimit all = { RLIM_INFINITY, RLIM_INFINITY };
    for (int i = 0; i < 4; i++)
        if (setrlimit(bounds[i], &all) == 0)
            return 42;
    return 0;
}
