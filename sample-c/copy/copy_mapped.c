/* copy_mapped: copy a file by mapping both and copying memory.

   Usage: copy_mapped [-s] SOURCE DESTINATION [HOW]          (plain, populate, sequential, willneed, huge or windowed)

   There is no buffer: each byte is copied once, from one file's pages to the other's. What is saved there is paid in page
   faults, one for every page, or for every few where the kernel maps neighbours along; and a page of a new file is first
   filled with zeroes, because nobody can tell the kernel that all of it will be written.

   populate     MAP_POPULATE: mmap(2) itself maps all pages, so that the copying meets none that is missing
   sequential   madvise(MADV_SEQUENTIAL) on the source: read further ahead, drop sooner
   willneed     madvise(MADV_WILLNEED) on the source: begin to read it all now
   huge         madvise(MADV_HUGEPAGE) on both: fewer faults where the file system has huge pages
   windowed     4 MiB at a time, so that a file may be larger than the address space

   By hand: copy_mapped in.dat out.dat, then with populate
        time moves from "copy" to "map". The faults do not get fewer: those that the kernel takes in advance count too.

   Try: copy_mapped in.dat out.dat
        -> mmap 2, munmap 2, ends 0
   Try: copy_mapped in.dat out.dat windowed
        -> mmap 2, munmap 2, ends 0 */
#include <sys/mman.h>

#include "strategy.h"

static const size_t window_size = 4 << 20;

static const char *const ways[] = {"plain", "populate", "sequential", "willneed", "huge", "windowed"};

static bool is(struct job *job, const char *way)
{
    return strcmp(job->how, way) == 0;
}

static void advise(void *start, size_t length, int advice, const char *what)
{
    if (madvise(start, length, advice) == -1)
        die("madvise %s", what);
}

static void copy_window(struct job *job, size_t offset, size_t length)
{
    int populate = is(job, "populate") ? MAP_POPULATE : 0;

    enter(job, MAP);
    char *from = mmap(NULL, length, PROT_READ, MAP_SHARED | populate, job->in, (off_t) offset);
    if (from == MAP_FAILED)
        die("mmap %s", job->source);
    char *to = mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_SHARED | populate, job->out, (off_t) offset);
    if (to == MAP_FAILED)
        die("mmap %s", job->destination);
    if (is(job, "sequential"))
        advise(from, length, MADV_SEQUENTIAL, job->source);
    if (is(job, "willneed"))
        advise(from, length, MADV_WILLNEED, job->source);
    if (is(job, "huge")) {
        advise(from, length, MADV_HUGEPAGE, job->source);
        advise(to, length, MADV_HUGEPAGE, job->destination);
    }

    enter(job, COPY);
    memcpy(to, from, length);

    enter(job, UNMAP);
    if (munmap(to, length) == -1)
        die("munmap %s", job->destination);
    if (munmap(from, length) == -1)
        die("munmap %s", job->source);
}

static void check_way(struct job *job)
{
    if (job->how == NULL)
        job->how = ways[0];
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++)
        if (is(job, ways[i]))
            return;
    fail("HOW must be plain, populate, sequential, willneed, huge or windowed, not '%s'", job->how);
}

int main(int argc, char *argv[])
{
    struct job job = begin(argc, argv, "[HOW]");
    size_t step;

    check_way(&job);
    set_length(&job);
    step = is(&job, "windowed") ? window_size : job.length;
    for (size_t offset = 0; offset < job.length; offset += step)
        copy_window(&job, offset, step < job.length - offset ? step : job.length - offset);
    finish(&job);
    return 0;
}
