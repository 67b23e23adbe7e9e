// pairs: new and delete, which come in pairs; here three do not match, or have no other half.
//
// Usage: pairs COUNT                      the lab chooses the count
//
// Your turn: let valgrind find them, and mend them. What is taken with new, new[] and malloc stays so, and so does the total.
//
// By hand:  g++ -g -O0 -o pairs pairs.cc && valgrind --leak-check=full ./pairs 40
#include <cstdlib>
#include <cstring>

#include "../../sample-c/common/checkpoint.h"

extern "C" {
long total;
}

struct Shape {
    virtual ~Shape() {}
    virtual long area() const = 0;
};

struct Square : Shape {
    explicit Square(long side) : side(side), points(new long[4]) {
        for (int i = 0; i < 4; i++)
            points[i] = side;
    }
    ~Square() {}
    long area() const { return points[0] * points[3]; }
    long side;
    long *points;
};

static void ask_valgrind(unsigned long request, unsigned long how)
{
#ifdef __x86_64__
    volatile unsigned long asked[6] = {request, how, 0, 0, 0, 0};
    unsigned long result = 0;

    __asm__ volatile("rolq $3, %%rdi ; rolq $13, %%rdi\n\trolq $61, %%rdi ; rolq $51, %%rdi\n\txchgq %%rbx, %%rbx"
                     : "=d"(result)
                     : "a"(&asked[0]), "0"(result)
                     : "cc", "memory");
#else
    (void) request, (void) how;
#endif
}

static long sum_numbers(long count)
{
    long *numbers = new long[count];
    long sum = 0;

    for (long i = 0; i < count; i++)
        numbers[i] = i;
    for (long i = 0; i < count; i++)
        sum += numbers[i];
    delete numbers;
    return sum;
}

static long measure_text(long count)
{
    char *text = static_cast<char *>(malloc(count + 1));

    memset(text, 't', count);
    text[count] = '\0';
    long length = strlen(text);
    delete[] text;
    return length;
}

static long measure_square(long side)
{
    Shape *shape = new Square(side);
    long area = shape->area();

    delete shape;
    return area;
}

int main(int argc, char *argv[])
{
    long count = argc == 2 ? atol(argv[1]) : 40;

    ask_valgrind(0x1005, 1);
    total = sum_numbers(count) + measure_text(count) + measure_square(count);
    checkpoint("done");
    return 0;
}
