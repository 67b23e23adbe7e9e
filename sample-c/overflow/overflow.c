/* overflow: call without end, until the stack meets its limit, on purpose.

   Usage: overflow KIB             with a limit of so many KiB (setrlimit(2)); ends by SIGSEGV
          overflow KIB gap DOWN    with a page mapped DOWN KiB below: the stack keeps its distance, and ends above it
          overflow KIB thread      in a thread, whose stack of KIB KiB cannot grow at all: it has a guard at its end

   Checkpoint: "before".

   By hand: overflow 1024; echo $?
        139 = 128 + SIGSEGV, when [stack] has exactly 1024 KiB.
   By hand: ulimit -s 1024, then descend 2000
        the same, without setrlimit: a program inherits its limits from the shell.

   Try: overflow 1024
        -> mmap 0, stack +, ends SIGSEGV */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include "../common/checkpoint.h"
#include "../common/die.h"

enum { FRAME = 1024, MOST = 1 << 20 };

/* Volatile: a compiler may take a recursion without end for one that does not happen. */
static volatile int deeper = 1;

static int go_down(void)
{
    char frame[FRAME];

    memset(frame, 1, sizeof frame);
    int below = deeper ? go_down() : 0;
    return below + frame[0];
}

static void limit(long kib)
{
    struct rlimit stack;

    if (getrlimit(RLIMIT_STACK, &stack) == -1)
        die("getrlimit");
    stack.rlim_cur = (rlim_t) kib * 1024;
    if (setrlimit(RLIMIT_STACK, &stack) == -1)
        die("setrlimit of the stack to %ld KiB", kib);
}

static void map_below(const char *here, long kib)
{
    uintptr_t page = (uintptr_t) sysconf(_SC_PAGESIZE);
    uintptr_t place = ((uintptr_t) here - (uintptr_t) kib * 1024) & ~(page - 1);

    if (mmap((void *) place, page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0)
        == MAP_FAILED)
        die("mmap %ld KiB below the stack", kib);
}

static void *run(void *unused)
{
    checkpoint("before");
    go_down();
    return unused;
}

static void in_a_thread(long kib)
{
    pthread_attr_t attributes;
    pthread_t thread;

    if ((errno = pthread_attr_init(&attributes)) != 0)
        die("pthread_attr_init");
    if ((errno = pthread_attr_setstacksize(&attributes, (size_t) kib * 1024)) != 0)
        die("pthread_attr_setstacksize to %ld KiB", kib);
    if ((errno = pthread_create(&thread, &attributes, run, NULL)) != 0)
        die("pthread_create");
    pthread_join(thread, NULL);
}

int main(int argc, char *argv[])
{
    if (argc < 2 || argc > 4)
        usage("KIB [gap DOWN | thread]");
    long kib = number("KIB", argv[1], 64, MOST);

    if (argc == 3 && strcmp(argv[2], "thread") == 0) {
        in_a_thread(kib);
        return 0;
    }
    if (argc == 3 || (argc == 4 && strcmp(argv[2], "gap") != 0))
        usage("KIB [gap DOWN | thread]");
    limit(kib);
    if (argc == 4)
        map_below((const char *) __builtin_frame_address(0), number("DOWN", argv[3], 1, MOST));
    run(NULL);
    return 0;
}
