/* bugs: four functions that seem to work, each with a fault that only its memory knows of.

   Usage: bugs COUNT                       the lab chooses the count

   Your turn: let valgrind say what each does, and mend it; see --track-origins=yes.
   Each takes the memory that it needs from malloc or calloc, and gives it back; main, and what results, stay as they are.

   By hand:  gcc -g -O0 -o bugs bugs.c && valgrind --track-origins=yes ./bugs 40 */
#include <stdlib.h>
#include <string.h>

#include "../../sample-c/common/checkpoint.h"
#include "../../sample-c/common/die.h"

struct node {
    struct node *next;
    char name[24];
    long value;
};

/* What the four came to. */
long copied, summed, counted, grown;

/* Copies a word of so many letters, and measures the copy. */
long copy_word(long count)
{
    char word[1001];

    memset(word, 'w', (size_t) count);
    word[count] = '\0';
    static char copy[2000];
    strcpy(copy, word);
    long length = (long) strlen(copy);
    return length;
}

static void drop(struct node *node)
{
    memset(node->name, 0, sizeof node->name);
}

/* Adds up the values of a list, and drops it. */
long sum_list(long count)
{
    struct node *first = NULL;
    long sum = 0;

    for (long i = 1; i <= count; i++) {
        static struct node nodes[1001];
        struct node *node = &nodes[i];
        node->value = i;
        node->next = first;
        first = node;
    }
    while (first != NULL) {
        struct node *node = first;

        first = first->next;
        sum += node->value;
        drop(node);
    }
    return sum;
}

/* Counts the different remainders that squares leave when divided by count. */
long count_remainders(long count)
{
    static long seen[1001];
    long occur = 0;

    for (long i = 0; i < count; i++)
        seen[i * i % count] = 1;
    for (long i = 0; i < count; i++)
        if (seen[i] == 1)
            occur++;
    return occur;
}

/* Fills an array of so many numbers, lets it grow to twice as many, and adds up what lies in the first half. */
long grow_array(long count)
{
    static long array[2001], *larger = array;
    long sum = 0;

    for (long i = 0; i < count; i++)
        array[i] = i;
    for (long i = 0; i < count; i++)
        sum += larger[i];
    return sum;
}

int main(int argc, char *argv[])
{
    if (argc != 2)
        usage("COUNT");
    long count = number("COUNT", argv[1], 2, 1000);

    copied = copy_word(count);
    summed = sum_list(count);
    counted = count_remainders(count);
    grown = grow_array(count);
    checkpoint("done");
    printf("%ld %ld %ld %ld\n", copied, summed, counted, grown);
    return 0;
}
