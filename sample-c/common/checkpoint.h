/* checkpoint.h: mark a moment in a program, so that an observer stops there.

   Usage: #include "../common/checkpoint.h" and call checkpoint("before malloc").

   The call is one write(2) of the label to a descriptor that cannot exist:

       write(BRKMAP_CHECKPOINT_FD, label, strlen(label))

   Descriptors are never negative, so without an observer the kernel answers EBADF and nothing else happens.
   An observer knows the mark by its descriptor (compare the low 32 bits: the kernel reads an int), reads the label from
   the buffer, and takes its snapshot while the program stands still.

   It uses no stdio and no malloc, because the mark must not change the memory that it is there to show.
   It leaves errno as it was, may be called from a signal handler, and is not a cancellation point.
   The label must not be NULL; an observer may cut one that is longer than 256 bytes.

   Try: strace -e trace=write ./program
        each checkpoint is a line "write(-25202, ...) = -1 EBADF". */
#ifndef BRKMAP_CHECKPOINT_H
#define BRKMAP_CHECKPOINT_H

#include <errno.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/* -25202; "br" in ASCII, made negative. */
#define BRKMAP_CHECKPOINT_FD (-0x6272)

static inline void checkpoint(const char *label)
{
    int saved_errno = errno;

    syscall(SYS_write, BRKMAP_CHECKPOINT_FD, label, strlen(label));
    errno = saved_errno;
}

#endif
