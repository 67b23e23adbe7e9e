/* pointers: five addresses in a row, each of another kind of thing; for reading, not for changing.

   Usage: pointers ORDER           a permutation of abcde: which stands at which place

   a  a block of malloc   b  a string literal   c  a function   d  a local variable   e  a variable of the C library

   Checkpoint: "looked at". point_at(1) shows the first of the five.

   Try: pointers abcde
        -> has heap, has stack, ends 0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../sample-c/common/checkpoint.h"
#include "../../sample-c/common/die.h"
#include "../../sample-c/common/point.h"

enum { POINTERS = 5 };

static const void *pointer[POINTERS];

static const char *literal(void)
{
    return "where does this string lie?";
}

int main(int argc, char *argv[])
{
    char local = 'x';
    char *block = malloc(100);

    if (argc != 2 || strlen(argv[1]) != POINTERS || strspn(argv[1], "abcde") != POINTERS)
        usage("ORDER");
    if (block == NULL)
        die("malloc");
    for (int i = 0; i < POINTERS; i++) {
        switch (argv[1][i]) {
        case 'a': pointer[i] = block; break;
        case 'b': pointer[i] = literal(); break;
        case 'c': memcpy(&pointer[i], (const char *(*[1])(void)){literal}, sizeof pointer[i]); break;
        case 'd': pointer[i] = &local; break;
        default: pointer[i] = stdout; break;
        }
    }
    point_at(1, pointer);
    checkpoint("looked at");
    free(block);
    return 0;
}
