/* strategy.h: what the ways to copy share, so that each shows only its own way.

       struct job job = begin(argc, argv, "[BUFFER]");
       enter(&job, COPY);  ... the copying itself ...
       finish(&job);

   begin   reads "[-s] SOURCE DESTINATION [HOW]", opens both files (the destination is made where it is missing and
           never emptied: what it held is written over), and starts the clock.
   enter   ends the phase before and begins the next; a phase entered twice adds up.
   finish  with -s waits until the disk has it, cuts the destination to the length of the source, closes both, and prints
           a line for every phase ("ns copy 1234") and for every count ("count minor_faults 12"; "n/a" where this machine
           does not count it).

   The phases: open, map, copy, flush (fsync(2)), unmap, close. */
#ifndef BRKMAP_STRATEGY_H
#define BRKMAP_STRATEGY_H

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "../common/die.h"
#include "counters.h"

enum phase { OPEN, MAP, COPY, FLUSH, UNMAP, CLOSE, PHASES };

struct job {
    const char *source, *destination, *how; /* how is NULL where it was not given */
    int in, out;
    size_t length;
    bool sync;

    enum phase phase;
    struct timespec since;
    long long spent[PHASES]; /* nanoseconds */
    struct rusage before;
    struct counters counters;
};

static inline void enter(struct job *job, enum phase next)
{
    struct timespec now;

    if (clock_gettime(CLOCK_MONOTONIC, &now) == -1)
        die("clock_gettime");
    job->spent[job->phase] += (now.tv_sec - job->since.tv_sec) * 1000000000LL + now.tv_nsec - job->since.tv_nsec;
    job->since = now;
    job->phase = next;
}

static inline void start_clock(struct job *job)
{
    job->counters = open_counters();
    if (getrusage(RUSAGE_SELF, &job->before) == -1)
        die("getrusage");
    if (clock_gettime(CLOCK_MONOTONIC, &job->since) == -1)
        die("clock_gettime");
}

static inline void open_files(struct job *job)
{
    struct stat in, out;

    job->in = open(job->source, O_RDONLY);
    if (job->in == -1)
        die("open %s", job->source);
    if (fstat(job->in, &in) == -1)
        die("fstat %s", job->source);
    job->out = open(job->destination, O_RDWR | O_CREAT, 0644);
    if (job->out == -1)
        die("open %s", job->destination);
    if (fstat(job->out, &out) == -1)
        die("fstat %s", job->destination);
    if (!S_ISREG(in.st_mode) || !S_ISREG(out.st_mode))
        fail("%s and %s must be regular files", job->source, job->destination);
    if (in.st_dev == out.st_dev && in.st_ino == out.st_ino)
        fail("%s and %s are the same file", job->source, job->destination);
    job->length = (size_t) in.st_size;
}

static inline struct job begin(int argc, char *argv[], const char *how)
{
    struct job job = {.phase = OPEN};
    char arguments[80];
    int first = argc > 1 && strcmp(argv[1], "-s") == 0 ? 2 : 1;

    if (argc - first < 2 || argc - first > 3) {
        snprintf(arguments, sizeof arguments, "[-s] SOURCE DESTINATION %s", how);
        usage(arguments);
    }
    job.sync = first == 2;
    job.source = argv[first];
    job.destination = argv[first + 1];
    job.how = argv[first + 2];
    start_clock(&job);
    open_files(&job);
    return job;
}

/* A destination longer than the source ends where the source does; a shorter one grows (by a hole: no disk space yet). */
static inline void set_length(struct job *job)
{
    if (ftruncate(job->out, (off_t) job->length) == -1)
        die("ftruncate %s", job->destination);
}

static inline void print_usage(struct job *job, const struct rusage *before, const struct rusage *after)
{
    static const char *const names[PHASES] = {"open", "map", "copy", "flush", "unmap", "close"};

    for (int i = 0; i < PHASES; i++)
        printf("ns %s %lld\n", names[i], job->spent[i]);
    printf("count minor_faults %ld\n", after->ru_minflt - before->ru_minflt);
    printf("count major_faults %ld\n", after->ru_majflt - before->ru_majflt);
    printf("count waits %ld\n", after->ru_nvcsw - before->ru_nvcsw);
    printf("count preemptions %ld\n", after->ru_nivcsw - before->ru_nivcsw);
    printf("count user_us %lld\n", microseconds(after->ru_utime) - microseconds(before->ru_utime));
    printf("count system_us %lld\n", microseconds(after->ru_stime) - microseconds(before->ru_stime));
    print_counters(&job->counters);
    if (fflush(stdout) == EOF)
        die("write to standard output");
}

static inline void print_phases(struct job *job)
{
    struct rusage after;

    stop_counters(&job->counters);
    if (getrusage(RUSAGE_SELF, &after) == -1)
        die("getrusage");
    print_usage(job, &job->before, &after);
}

static inline void finish(struct job *job)
{
    struct stat out;

    enter(job, FLUSH);
    if (fstat(job->out, &out) == -1)
        die("fstat %s", job->destination);
    if ((size_t) out.st_size != job->length)
        set_length(job);
    if (job->sync && fsync(job->out) == -1)
        die("fsync %s", job->destination);
    enter(job, CLOSE);
    if (close(job->in) == -1)
        die("close %s", job->source);
    if (close(job->out) == -1)
        die("close %s", job->destination);
    enter(job, OPEN);
    print_phases(job);
}

/* write(2) may take less than it was given; this goes on until all is taken. */
static inline void write_all(struct job *job, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t written = write(job->out, bytes, length);
        if (written == -1)
            die("write %s", job->destination);
        bytes += written;
        length -= (size_t) written;
    }
}

#endif
