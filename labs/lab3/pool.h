/* pool.h: what pool.c and larger.c share; for reading, not for changing. */
#ifndef LAB3_POOL_H
#define LAB3_POOL_H

extern char pool[];
extern unsigned long pool_size;

#endif
