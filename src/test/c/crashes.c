/* crashes: die in one of several ways.

   Usage: crashes null | protected | bus | divide | abort | assert | thread | handled | deep | illegal | double_free */
#define _GNU_SOURCE
#include <assert.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>

#include "die.h"

static sigjmp_buf back;
static const char constant[] = "constant";

static void *write_through_null(void *unused)
{
    volatile int *volatile nowhere = NULL;
    *nowhere = 1;
    return unused;
}

static void write_to_constant(void)
{
    volatile char *volatile text = (char *) constant;
    *text = 'C';
}

static void read_past_file(void)
{
    FILE *file = tmpfile();
    volatile char *memory = mmap(NULL, 8192, PROT_READ, MAP_SHARED, fileno(file), 0);
    if (memory == MAP_FAILED)
        die("mmap");
    (void) memory[4096];
}

static void divide(int by)
{
    volatile int result = 7 / by;
    (void) result;
}

static void fail_assertion(int value)
{
    assert(value == 1);
}

static void call_abort(void)
{
    abort();
}

static void free_twice(void)
{
    char *volatile large = malloc(1000), *volatile same = large;
    free(large);
    free(same);
}

static int recurse(int depth)
{
    volatile char frame[4096];
    frame[0] = (char) depth;
    if (depth < 0)
        return 0;
    return recurse(depth + 1) + frame[0];
}

static void jump(int number)
{
    (void) number;
    siglongjmp(back, 1);
}

static void handle_then_be_killed(void)
{
    signal(SIGSEGV, jump);
    if (sigsetjmp(back, 1) == 0)
        write_through_null(NULL);
    raise(SIGKILL);
}

int main(int argc, char *argv[])
{
    const char *how = argc == 2 ? argv[1] : "";
    pthread_t thread;
    if (strcmp(how, "null") == 0)
        write_through_null(NULL);
    else if (strcmp(how, "protected") == 0)
        write_to_constant();
    else if (strcmp(how, "bus") == 0)
        read_past_file();
    else if (strcmp(how, "divide") == 0)
        divide(argc - 2);
    else if (strcmp(how, "abort") == 0)
        call_abort();
    else if (strcmp(how, "assert") == 0)
        fail_assertion(argc);
    else if (strcmp(how, "deep") == 0)
        return recurse(0);
    else if (strcmp(how, "double_free") == 0)
        free_twice();
    else if (strcmp(how, "illegal") == 0)
        __builtin_trap();
    else if (strcmp(how, "handled") == 0)
        handle_then_be_killed();
    else if (strcmp(how, "thread") == 0) {
        if (pthread_create(&thread, NULL, write_through_null, NULL) != 0)
            fail("no thread");
        pthread_join(thread, NULL);
    } else
        usage("HOW");
    return 0;
}
