/* double: a string that doubles, and forgets what it was.

   As it is, each doubling takes a new block, and the address of the old one is lost.

   Your turn: double the string so that there is one block of it at each checkpoint but "start", and no more.
   It begins with 1000 characters and ends with 512000, and every one of them is written. */
#include <stdlib.h>
#include <string.h>

#include "../../sample-c/common/checkpoint.h"
#include "../../sample-c/common/die.h"

enum { BEGIN = 1000, END = 512000 };

int main(void)
{
    checkpoint("start");
    size_t length = BEGIN;
    char *string = malloc(length);
    if (string == NULL)
        die("malloc of %zu bytes", length);
    memset(string, 'x', length);
    checkpoint("begun");

    while (length < END) {
        char *longer = malloc(2 * length); /* your turn */
        if (longer == NULL)
            die("%zu bytes", 2 * length);
        memcpy(longer, string, length);
        memcpy(longer + length, string, length);
        string = longer;
        length *= 2;
        checkpoint("doubled");
    }
    return string[END - 1] == 'x' ? 0 : 1;
}
