/* place: five objects that lie in the wrong place.

   Change where each is defined, and how, so that it lies where its name says.
   The calls of point_at stay as they are, in main: each shows the observer one object.

   Build and look by hand:  gcc -g -O0 -o place place.c && nm -n place */
#include <stdlib.h>

#include "../../sample-c/common/point.h"

static const int in_rodata = 1;
static int in_data = 2;
static int in_bss;

int main(void)
{
    int in_stack = 5;
    int *in_heap = malloc(sizeof *in_heap);

    point_at(1, &in_rodata);
    point_at(2, &in_data);
    point_at(3, &in_bss);
    point_at(4, in_heap);
    point_at(5, &in_stack);
    return 0;
}
