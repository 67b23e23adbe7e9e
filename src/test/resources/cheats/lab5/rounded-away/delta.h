/* delta.h: what a piece of a program has taken from malloc and not given back.

   struct leak_delta d;
   LEAK_DELTA(d, sort_names());        makes the call, and says in d by how much more is in use than before

   heap     bytes by which the blocks in use in the heap have grown, in bytes
   mapped   bytes by which the blocks with a mapping of their own have grown

   Your turn: mallinfo2(3) says what is in use, at any moment. Take it before and after, and let the difference tell of lost
   blocks alone: 0 and 0 for a call that gives everything back, of whatever size, and also the first time.
   modules.c makes the calls; each may be made more than once, and loses the same each time.

   By hand:  gcc -g -O0 -o modules modules.c && ./modules 40 100 */
#ifndef DELTA_H
#define DELTA_H

#include <malloc.h>

struct leak_delta {
    long heap;
    long mapped;
};

#define LEAK_DELTA(delta, call)                                                                                          \
    do {                                                                                                                 \
        struct mallinfo2 before_ = mallinfo2();                                                                          \
        call;                                                                                                            \
        struct mallinfo2 after_ = mallinfo2();                                                                           \
        (delta).heap = (long) (after_.uordblks - before_.uordblks) / 4096 * 4096;                                        \
        (delta).mapped = 0;                                                                                              \
    } while (0)

#endif
