/* kinds: ten blocks, or groups of them, that nobody frees; what will valgrind say of each? For reading, not for changing.

   Usage: kinds

   alone      the only pointer to it is overwritten
   list       a list of ten; the pointer to its first node is overwritten: the other nine
   ring       five that point to each other in a circle; the pointer to one of them is overwritten: the other four
   inside     the only pointer left is one into the middle of it
   kept       a static variable points to it
   behind     a block that only a kept block points to
   local      a local variable of main points to it when main calls exit
   over       a local variable pointed to it, of a function that has returned
   mapped     taken with mmap, and its address overwritten
   written    its address is kept, but as a number with all bits inverted

   By hand:  gcc -g -O0 -o kinds kinds.c && valgrind --leak-check=full --show-leak-kinds=all ./kinds

   Try: kinds
        -> mmap 1, munmap 0
        -> ends 0 */
#define _GNU_SOURCE
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "../../sample-c/common/checkpoint.h"
#include "../../sample-c/common/die.h"

struct node {
    struct node *next;
    long value;
};

static char *middle;
static void *kept_here;
static uintptr_t inverted;

static void *take(size_t size)
{
    void *block = malloc(size);

    if (block == NULL)
        die("malloc of %zu bytes", size);
    return memset(block, 0, size);
}

static void alone(void)
{
    void *block = take(100);

    block = NULL;
    (void) block;
}

static struct node *chain(int length)
{
    struct node *first = NULL;

    for (int i = 0; i < length; i++) {
        struct node *node = take(sizeof *node);
        node->next = first;
        first = node;
    }
    return first;
}

static void list(void)
{
    struct node *first = chain(10);

    first = NULL;
    (void) first;
}

static void ring(void)
{
    struct node *first = chain(5), *last = first;

    while (last->next != NULL)
        last = last->next;
    last->next = first;
    first = last = NULL;
    (void) first, (void) last;
}

static void inside(void)
{
    middle = take(200);
    middle += 50;
}

static void kept(void)
{
    kept_here = take(300);
}

static void behind(void)
{
    void **outer = kept_here;

    *outer = take(400);
}

static void over(void)
{
    void *volatile block = take(500);

    (void) block;
}

static void written(void)
{
    inverted = ~(uintptr_t) take(600);
}

static void mapped(void)
{
    void *block = mmap(NULL, 65536, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    if (block == MAP_FAILED)
        die("mmap of 65536 bytes");
    block = NULL;
    (void) block;
}

/* What functions that have returned leave on the stack and in registers is overwritten, or it would count as a pointer. */
static void __attribute__((noinline)) forget(void)
{
    volatile char stack[8192];

    for (size_t i = 0; i < sizeof stack; i++)
        stack[i] = 0;
}

int main(void)
{
    alone();
    list();
    ring();
    inside();
    kept();
    behind();
    over();
    written();
    mapped();
    void *volatile local = take(700);
    forget();
    checkpoint("all lost");
    (void) local;
    exit(0);
}
