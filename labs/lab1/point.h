/* point.h: show the observer where an object lies. You need not change this file.

   point_at(3, &object) makes a system call that does nothing, with the address as its argument.
   The observer sees the call, and finds the address in the map of that moment. */
#ifndef LAB1_POINT_H
#define LAB1_POINT_H

#include <errno.h>
#include <sys/syscall.h>
#include <unistd.h>

/* No advice that madvise(2) knows: the kernel answers EINVAL and leaves all as it is. */
#define POINT_ADVICE 0x6c0000

static inline void point_at(int number, const volatile void *object)
{
    int saved_errno = errno;

    syscall(SYS_madvise, object, 0, POINT_ADVICE + number);
    errno = saved_errno;
}

#endif
