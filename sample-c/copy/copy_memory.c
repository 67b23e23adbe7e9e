/* copy_memory: copy as many bytes as a file has, from memory to memory: the limit of every copy on this machine.

   Usage: copy_memory [-s] SOURCE DESTINATION                (of the source only the length is used; the destination is left)

   Both buffers are touched before the clock starts, so that no page fault is counted.

   By hand: copy_memory in.dat out.dat, beside copy_buffer
        less time: a copy of a file moves each byte once or twice, and has the kernel's work beside it.

   Try: copy_memory in.dat out.dat
        -> mmap 2, munmap 2, ends 0 */
#include "strategy.h"

int main(int argc, char *argv[])
{
    struct job job = begin(argc, argv, "");
    char *from = malloc(job.length + 1);
    char *to = malloc(job.length + 1);

    if (from == NULL || to == NULL)
        die("malloc %zu", job.length);
    memset(from, 'x', job.length + 1);
    memset(to, 'y', job.length + 1);
    memset(job.spent, 0, sizeof job.spent);
    start_clock(&job);
    job.phase = COPY;
    memcpy(to, from, job.length);
    enter(&job, OPEN);
    if (to[job.length / 2] != from[job.length / 2])
        fail("the copy differs");
    print_phases(&job);
    free(to);
    free(from);
    return 0;
}
