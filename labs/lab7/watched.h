/* watched.h: before memdump.c, where its arrays are watched: no compiler watches what the C library writes into matches.

   regexec(3) that is told of more matches than its array holds ends the program. */
#ifndef WATCHED_H
#define WATCHED_H

#include <regex.h>
#include <stdio.h>
#include <stdlib.h>

static inline int watched_regexec(const regex_t *pattern, const char *text, size_t count, regmatch_t *matches, int flags,
                                  size_t room)
{
    if (room != (size_t) -1 && count * sizeof *matches > room) {
        fprintf(stderr, "watched.h: regexec was told of %zu matches, and the array holds %zu\n", count, room / sizeof *matches);
        exit(86);
    }
    return regexec(pattern, text, count, matches, flags);
}

#define regexec(pattern, text, count, matches, flags) \
    watched_regexec(pattern, text, count, matches, flags, __builtin_object_size(matches, 0))

#endif
