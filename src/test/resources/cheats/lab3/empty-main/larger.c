/* Nothing at all. */
#include "pool.h"
