/* suspect: five programs in one; which of them a build is depends on two numbers. For reading, not for changing.

   Usage: suspect [mallinfo]

       mallinfo        print what mallinfo2(3) says at each checkpoint, to standard error

   Build: -DSEED=n -DPROGRAM=0..4          the lab builds five, target/lab5/a to e, from a seed of yours

   In each of eight rounds a program takes blocks, uses them, and gives back what it no longer needs:

       one forgets many small blocks                       a small leak
       one forgets a large block                           a large leak
       one keeps the same amount in use, in other sizes    fragmentation
       one keeps what it may need again, up to a limit     a cache
       one forgets nothing                                 none

   Checkpoints: "start", "round 1" to "round 8", each after the giving back.

   Try: suspect with -DSEED=0 -DPROGRAM=0
        -> from round 1 to round 8: heap +
        -> ends 0
   Try: suspect with -DSEED=0 -DPROGRAM=1
        -> from round 1 to round 8: heap same, anonymous +
   Try: suspect with -DSEED=0 -DPROGRAM=2
        -> from round 1 to round 8: heap +, anonymous same
   Try: suspect with -DSEED=0 -DPROGRAM=3
        -> from round 1 to round 4: heap +
        -> from round 5 to round 8: heap same, anonymous same, memory same
   Try: suspect with -DSEED=0 -DPROGRAM=4
        -> from round 1 to round 8: heap same, anonymous same, memory same */
#include <malloc.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../sample-c/common/checkpoint.h"
#include "../../sample-c/common/die.h"

#ifndef SEED
#define SEED 0
#endif
#ifndef PROGRAM
#define PROGRAM 0
#endif

enum { ROUNDS = 8, MANY = 100, ENTRY = 2500, LARGE = 300000, WORK = 150000, SMALLEST = 512, FIRST = 1024, HEADER = 8 };
enum { MOST = 4096, LIMIT = 4 * MANY };

static void *blocks[MOST];

static void *take(size_t size)
{
    void *block = malloc(size);

    if (block == NULL)
        die("malloc of %zu bytes", size);
    return memset(block, 'x', size);
}

static void give_back(void *block)
{
    free(block);
}

/* What every one of them does beside: nothing of it is left. */
static void work(void)
{
    void *list[MANY];
    void *large = take(WORK);

    for (int i = 0; i < MANY; i++)
        list[i] = take((size_t) (16 + i));
    for (int i = 0; i < MANY; i++)
        give_back(list[i]);
    give_back(large);
}

static void small_leak(int round)
{
    (void) round;
    for (int i = 0; i < MANY; i++)
        take(ENTRY);
}

static void large_leak(int round)
{
    (void) round;
    take(LARGE);
}

/* Half of what is in use is given back, every second block of each size that is left; as much is taken anew in blocks twice
   as long as those of the round before, for which no hole is long enough. */
static void fragmentation(int round)
{
    static int taken;
    int first = round == 1, count = first ? FIRST : FIRST / 2 >> (round - 1);
    size_t size = ((size_t) SMALLEST << (round - 1)) - HEADER;

    for (int i = 0, left = 0; i < taken; i++)
        if (blocks[i] != NULL && left++ % 2 != 0) {
            give_back(blocks[i]);
            blocks[i] = NULL;
        }
    for (int i = 0; i < count; i++)
        blocks[taken++] = take(size);
}

static void cache(int round)
{
    (void) round;
    static int next;

    for (int i = 0; i < MANY; i++, next = (next + 1) % LIMIT) {
        give_back(blocks[next]);
        blocks[next] = take(ENTRY);
    }
}

static void none(int round)
{
    (void) round;
    for (int i = 0; i < MANY; i++)
        blocks[i] = take(ENTRY);
    for (int i = 0; i < MANY; i++) {
        give_back(blocks[i]);
        blocks[i] = NULL;
    }
}

/* The five in an order that the seed decides. */
static void choose(void (*chosen[])(int))
{
    uint32_t random = SEED;

    for (int i = 4; i > 0 && SEED != 0; i--) {
        random = random * 1664525u + 1013904223u;
        int other = (int) (random >> 16) % (i + 1);
        void (*swap)(int) = chosen[i];
        chosen[i] = chosen[other];
        chosen[other] = swap;
    }
}

static void tell(int round)
{
    struct mallinfo2 now = mallinfo2();

    fprintf(stderr, "round %d: arena %9zu  uordblks %9zu  fordblks %9zu  hblks %3zu  hblkhd %9zu\n", round, now.arena,
            now.uordblks, now.fordblks, now.hblks, now.hblkhd);
}

int main(int argc, char *argv[])
{
    static char label[] = "round 0";
    void (*programs[])(int) = {small_leak, large_leak, fragmentation, cache, none};
    int tells = argc > 1 && strcmp(argv[1], "mallinfo") == 0;

    if (argc > 2 || (argc == 2 && !tells))
        usage("[mallinfo]");
    choose(programs);
    /* What a first time costs shall not look like growth. */
    work();
    work();
    checkpoint("start");
    for (int round = 1; round <= ROUNDS; round++) {
        programs[PROGRAM](round);
        work();
        label[sizeof label - 2] = (char) ('0' + round);
        checkpoint(label);
        if (tells)
            tell(round);
    }
    return 0;
}
