/* calls: ask the C library for memory in the way that is named. Lines that do it bear the comment "here: WAY".

   Usage: calls WAY [ARGUMENT] */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <malloc.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "checkpoint.h"
#include "die.h"

enum { MEBI = 1 << 20 };

/* What is kept here cannot be optimised away, whatever the flags. */
static void *volatile kept;

static void by_printf(void)
{
    printf("hello\n"); /* here: printf */
}

static void by_realloc(void)
{
    void *block = malloc(MEBI);
    checkpoint("before");
    kept = realloc(block, 2 * MEBI); /* here: realloc */
}

static void by_calloc(void)
{
    kept = calloc(1 << 10, 1 << 10); /* here: calloc */
}

static void by_reallocarray(void)
{
    kept = reallocarray(NULL, 1 << 10, 1 << 10); /* here: reallocarray */
}

static void by_posix_memalign(void)
{
    void *block;
    if (posix_memalign(&block, 4096, MEBI) != 0) /* here: posix_memalign */
        fail("no memory");
    kept = block;
}

static void by_aligned_alloc(void)
{
    kept = aligned_alloc(4096, MEBI); /* here: aligned_alloc */
}

static void by_memalign(void)
{
    kept = memalign(4096, MEBI); /* here: memalign */
}

static void by_valloc(void)
{
    kept = valloc(MEBI); /* here: valloc */
}

static void by_free(void)
{
    kept = malloc(MEBI);
    checkpoint("before");
    free(kept); /* here: free */
}

static void by_mmap(void)
{
    kept = mmap(NULL, MEBI, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0); /* here: mmap */
}

static void by_sbrk(void)
{
    kept = sbrk(MEBI); /* here: sbrk */
}

static void *idle(void *unused)
{
    return unused;
}

static void by_pthread_create(void)
{
    pthread_t thread;
    if (pthread_create(&thread, NULL, idle, NULL) != 0) /* here: pthread_create */
        fail("no thread");
    pthread_join(thread, NULL);
}

static void by_dlopen(const char *library)
{
    void *handle = dlopen(library, RTLD_NOW); /* here: dlopen */
    if (handle == NULL)
        fail("%s", dlerror());
}

static void in_child(void)
{
    kept = malloc(MEBI);
    pid_t child = fork();
    if (child == 0) {
        kept = malloc(3 * MEBI); /* here: child */
        _exit(0);
    }
    waitpid(child, NULL, 0);
    kept = malloc(2 * MEBI);
}

/* Known numbers: 100 malloc, 20 calloc, 10 realloc, 90 free; a failed call counts, free(NULL) does not. */
static void count(void)
{
    void *blocks[120];
    int used = 0;
    kept = malloc(1); /* before its first call a process has no counts */
    checkpoint("before");
    for (int i = 0; i < 99; i++)
        blocks[used++] = malloc(100);
    kept = malloc((size_t) -1 / 4);
    for (int i = 0; i < 20; i++)
        blocks[used++] = calloc(3, 50);
    for (int i = 0; i < 10; i++)
        blocks[i] = realloc(blocks[i], 1000);
    for (int i = 0; i < 90; i++)
        free(blocks[i]);
    free(NULL);
    checkpoint("after");
}

static void overflow(long turns)
{
    for (long i = 0; i < turns; i++)
        free(malloc(24));
}

static void *allocate_and_map(void *unused)
{
    for (int i = 0; i < 200; i++) {
        free(malloc(24));
        free(malloc(200000));
    }
    return unused;
}

static void in_threads(void)
{
    pthread_t threads[4];
    for (int i = 0; i < 4; i++)
        if (pthread_create(&threads[i], NULL, allocate_and_map, NULL) != 0)
            fail("no thread");
    for (int i = 0; i < 4; i++)
        pthread_join(threads[i], NULL);
}

/* Ends the process while the other thread is in the middle of a call that fills memory; needs none itself, or would wait. */
static void *kill_when_filling(void *unused)
{
    cpu_set_t others;
    char text[64] = "";
    long pages = 0;
    int statm = open("/proc/self/statm", O_RDONLY);
    if (sched_getaffinity(getppid(), sizeof others, &others) == 0) {
        CPU_CLR(sched_getcpu(), &others);
        sched_setaffinity(0, sizeof others, &others); /* refused where there is but one: the call then ends before */
    }
    while (pages < 64L * MEBI / 4096)
        if (pread(statm, text, sizeof text - 1, 0) == -1 || sscanf(text, "%*d %ld", &pages) != 1)
            die("/proc/self/statm");
    kill(getpid(), SIGKILL);
    return unused;
}

static void cut_off(void)
{
    pthread_t killer;
    if (pthread_create(&killer, NULL, kill_when_filling, NULL) != 0)
        fail("no thread");
    kept = mmap(NULL, 512 * MEBI, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
    pthread_join(killer, NULL);
}

static void must_be_77(const char *after)
{
    if (errno != 77)
        fail("errno became %d by %s", errno, after);
}

static void keep_errno(void)
{
    errno = 77;
    kept = malloc(24); /* the first call of all: the probe maps its memory in it */
    must_be_77("the first malloc");
    free(kept);
    must_be_77("free");
    kept = malloc(MEBI);
    must_be_77("a malloc that maps");
    free(kept);
    must_be_77("a free that unmaps");
    void *block = NULL;
    if (posix_memalign(&block, 3, 24) == 0)
        fail("3 is no alignment");
    must_be_77("posix_memalign");
    kept = malloc((size_t) -1 / 4);
    if (kept != NULL || errno != ENOMEM)
        fail("too much was given, or errno is %d", errno);
}

/* One block between two checkpoints, after as many bytes as asked for were taken before. */
static void one(size_t size)
{
    checkpoint("before");
    kept = malloc(size);
    checkpoint("after");
}

static void many(long blocks)
{
    for (long i = 0; i < blocks; i++)
        kept = malloc(32768);
}

/* Calls of the kernel, and random bytes over the memory that the probe shares with the tracer between them. */
static void scribble(unsigned long seed, int hostile)
{
    unsigned char *shared = NULL;
    size_t length = 0;
    char line[512];
    char *buffer = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    FILE *maps = fopen("/proc/self/maps", "r");
    if (maps == NULL || setvbuf(maps, buffer, _IOFBF, 8192) != 0)
        die("/proc/self/maps");
    while (fgets(line, sizeof line, maps) != NULL) {
        unsigned long start, end;
        if (strstr(line, "/memfd:brkmap-probe") != NULL && sscanf(line, "%lx-%lx", &start, &end) == 2) {
            shared = (unsigned char *) start;
            length = end - start;
        }
    }
    fclose(maps);
    if (shared == NULL)
        fail("the probe shares no memory");
    checkpoint("before");
    for (int turn = 0; turn < 20; turn++) {
        for (size_t i = 0; hostile && i < length; i += 8) {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            unsigned long word = i % 3 == 0 ? seed : seed % 32; /* small numbers mean something more often */
            memcpy(shared + i, &word, sizeof word);
        }
        void *mapped = mmap(NULL, (size_t) (turn + 1) * 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        kept = malloc((size_t) (turn + 1) * MEBI);
        free(kept);
        munmap(mapped, 4096);
    }
    checkpoint("after");
}

static void shrink(void)
{
    const char *path = getenv("BRKMAP_PROBE");
    printf("%s\n", path != NULL && truncate(path, 0) == 0 ? "it is gone" : "refused");
    fflush(stdout);
    kept = malloc(MEBI);
    free(kept);
}

int main(int argc, char *argv[])
{
    const char *way = argc > 1 ? argv[1] : "";
    const char *argument = argc > 2 ? argv[2] : "";
    static const struct {
        const char *name;
        void (*go)(void);
    } ways[] = {{"printf", by_printf}, {"realloc", by_realloc}, {"calloc", by_calloc},
                {"reallocarray", by_reallocarray}, {"posix_memalign", by_posix_memalign},
                {"aligned_alloc", by_aligned_alloc}, {"memalign", by_memalign}, {"valloc", by_valloc},
                {"free", by_free}, {"mmap", by_mmap}, {"sbrk", by_sbrk}, {"pthread_create", by_pthread_create},
                {"child", in_child}, {"count", count}, {"errno", keep_errno}, {"threads", in_threads},
                {"shrink", shrink}, {"cut_off", cut_off}};
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++)
        if (strcmp(way, ways[i].name) == 0) {
            ways[i].go();
            return 0;
        }
    if (strcmp(way, "dlopen") == 0)
        by_dlopen(argument);
    else if (strcmp(way, "overflow") == 0)
        overflow(atol(argument));
    else if (strcmp(way, "one") == 0)
        one(strtoul(argument, NULL, 10));
    else if (strcmp(way, "many") == 0)
        many(atol(argument));
    else if (strcmp(way, "scribble") == 0)
        scribble(strtoul(argument, NULL, 10), argc > 3);
    else
        usage("WAY [ARGUMENT]");
    return 0;
}
