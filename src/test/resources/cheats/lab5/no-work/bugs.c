#include <stdlib.h>

#include "../../sample-c/common/checkpoint.h"

long copied, summed, counted, grown;

int main(int argc, char *argv[])
{
    long count = argc > 1 ? atol(argv[1]) : 0;

    copied = count;
    summed = count * (count + 1) / 2;
    for (long i = 0; i < count; i++) {
        long j = 0;

        while (j * j % count != i * i % count)
            j++;
        counted += j == i;
    }
    grown = count * (count - 1) / 2;
    checkpoint("done");
    return 0;
}
