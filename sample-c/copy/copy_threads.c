/* copy_threads: copy a file with two threads, each one half, with pread(2) and pwrite(2).

   Usage: copy_threads [-s] SOURCE DESTINATION [BUFFER]      (bytes; default 1048576; -s waits for the disk)

   Build: with -pthread.

   One processor copies at the speed of its own path to memory; two have two, as long as the memory itself keeps up.

   By hand: copy_threads in.dat out.dat, beside copy_buffer with 1048576
        less time, and more processor time in user_us and system_us.

   Try: copy_threads in.dat out.dat
        -> clone 1, ends 0 */
#define _GNU_SOURCE
#include <pthread.h>

#include "strategy.h"

struct half {
    struct job *job;
    size_t from, to, buffer;
};

static void *copy_half(void *argument)
{
    struct half *half = argument;
    char *buffer = malloc(half->buffer);

    if (buffer == NULL)
        die("malloc %zu", half->buffer);
    while (half->from < half->to) {
        size_t wanted = half->to - half->from < half->buffer ? half->to - half->from : half->buffer;
        ssize_t length = pread(half->job->in, buffer, wanted, (off_t) half->from);
        if (length == -1)
            die("pread %s", half->job->source);
        if (length == 0)
            fail("%s became shorter while it was copied", half->job->source);
        for (ssize_t done = 0; done < length;) {
            ssize_t written = pwrite(half->job->out, buffer + done, (size_t) (length - done), (off_t) half->from + done);
            if (written == -1)
                die("pwrite %s", half->job->destination);
            done += written;
        }
        half->from += (size_t) length;
    }
    free(buffer);
    return NULL;
}

int main(int argc, char *argv[])
{
    struct job job = begin(argc, argv, "[BUFFER]");
    size_t buffer = job.how == NULL ? 1 << 20 : (size_t) number("BUFFER", job.how, 1, 1L << 30);
    size_t middle = job.length / 2 / 4096 * 4096;
    struct half first = {&job, 0, middle, buffer}, second = {&job, middle, job.length, buffer};
    pthread_t thread;

    enter(&job, COPY);
    errno = pthread_create(&thread, NULL, copy_half, &second);
    if (errno != 0)
        die("pthread_create");
    copy_half(&first);
    errno = pthread_join(thread, NULL);
    if (errno != 0)
        die("pthread_join");
    finish(&job);
    return 0;
}
