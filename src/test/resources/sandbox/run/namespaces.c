/* Makes itself root of a namespace of its own. Exit status 42: it could. */
#define _GNU_SOURCE
#include <sched.h>
int main(void)
{
    return unshare(CLONE_NEWUSER) == 0 ? 42 : 0;
}
