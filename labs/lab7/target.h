/* target.h: the last step of a program that is there to be read by others.

   stay()  says "ready" on standard output, and leaves everything as it is until a byte comes or the input ends.
           Where Yama rules (ptrace_scope 1), any process of this user may read it.

   It uses no stdio and no malloc: who includes it has a heap only if it makes one. */
#ifndef TARGET_H
#define TARGET_H

#include <sys/prctl.h>
#include <unistd.h>

#include "../../sample-c/common/checkpoint.h"

static inline void stay(void)
{
    char key;

    prctl(PR_SET_PTRACER, PR_SET_PTRACER_ANY, 0, 0, 0);
    checkpoint("ready");
    if (write(STDOUT_FILENO, "ready\n", 6) != 6)
        return;
    if (read(STDIN_FILENO, &key, 1) == -1)
        _exit(1);
}

#endif
