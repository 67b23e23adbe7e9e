/* slim.h: what the two parts of slim share; for reading, not for changing. */
#ifndef LAB3_SLIM_H
#define LAB3_SLIM_H

enum { COUNT = 1 << 20 };

extern int table[COUNT];
void prepare(void);

#endif
