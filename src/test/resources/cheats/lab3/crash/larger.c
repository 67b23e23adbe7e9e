/* The new length with the old array: memset runs over what lies behind it. */
#include "pool.h"

unsigned long pool_size = 1024 * 1024;
