/* larger: a pool of 1 MiB for pool.c.

   Your turn: define pool and pool_size here, strong, so that the program uses 1 MiB and not 4 KiB.
   The file of the program shall not become longer by that megabyte. pool.c stays as it is.

   Build and look by hand:  gcc -g -O0 -o pool pool.c larger.c && nm -S pool | grep pool */
#include "pool.h"

char pool[1024 * 1024];
unsigned long pool_size = 1024 * 1024;
