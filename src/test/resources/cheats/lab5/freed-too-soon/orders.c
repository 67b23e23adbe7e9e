/* orders: a program that reads orders, keeps the good ones, and reports on them; it works, and it leaks in three places.

   Usage: orders COUNT                     the lab chooses the count

   As it is, each of its three parts loses memory, the longer it runs the more.

   Your turn: find what is lost, with valgrind or by the regions that grow, and mend it.
   The requests stay as they are: the same blocks are taken, and written to. At "done" nothing of them is in use any more.
   The checkpoints and the checksum stay, too.

   By hand:  gcc -g -O0 -o orders orders.c && valgrind --leak-check=full ./orders 100 */
#include <stdlib.h>
#include <string.h>

#include "../../sample-c/common/checkpoint.h"
#include "../../sample-c/common/die.h"

enum { NAME = 120, PAGE = 200000, EVERY = 25 };

struct order {
    struct order *next;
    char *name;
    long amount;
};

/* Of what was written into all blocks: who does other work gets another one. */
unsigned long checksum;

static void *take(size_t size)
{
    void *block = malloc(size);

    if (block == NULL)
        die("malloc of %zu bytes", size);
    return block;
}

static void add(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        checksum = checksum * 31 + (unsigned char) text[i];
}

/* An order, or NULL if its number is bad, as that of every fifth is. */
static struct order *parse(long number)
{
    char *name = take(NAME);

    memset(name, (int) ('a' + number % 26), NAME);
    add(name, NAME);
    if (number % 5 == 4) {
        free(name);
        return NULL;
    }

    struct order *order = take(sizeof *order);
    order->name = name;
    order->amount = number;
    order->next = NULL;
    free(name);
    return order;
}

/* A page of text about the last orders; whoever asks for it owns it. */
static char *report(const struct order *orders)
{
    char *page = take(PAGE);

    memset(page, (int) ('A' + orders->amount % 26), PAGE);
    add(page, PAGE);
    return page;
}

/* All of them, and what belongs to them. */
static void discard(struct order *orders)
{
    while (orders != NULL) {
        struct order *next = orders->next;

        free(orders);
        orders = next;
    }
}

int main(int argc, char *argv[])
{
    struct order *orders = NULL;
    char *page = NULL;

    if (argc != 2)
        usage("COUNT");
    long count = number("COUNT", argv[1], 1, 10000);
    checkpoint("before");
    for (long i = 0; i < count; i++) {
        struct order *order = parse(i);

        if (order == NULL)
            continue;
        order->next = orders;
        orders = order;
        if (i % EVERY == 0) {
            free(page);
            page = report(orders);
        }
    }
    checkpoint("loaded");

    discard(orders);
    free(page);
    checkpoint("done");
    return 0;
}
