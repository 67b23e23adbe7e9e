/* Tells where it was called from and what was mapped where: lines of a name and a hexadecimal number, then its own maps. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int initialised = 7;
char untouched[12345];

__attribute__((noinline)) void report(const char *name)
{
    printf("%s %lx\n", name, (unsigned long)__builtin_return_address(0));
}

static inline __attribute__((always_inline)) void inner(void)
{
    report("inlined"); /* INLINED */
}

__attribute__((noreturn, noinline)) static void finish(void)
{
    char line[4096];
    size_t length;
    FILE *maps = fopen("/proc/self/maps", "r");

    printf("last %lx\n", (unsigned long)__builtin_return_address(0));
    printf("report %lx\n", (unsigned long)&report);
    printf("page %lx\n", (unsigned long)sysconf(_SC_PAGESIZE));
    while (maps && (length = fread(line, 1, sizeof line, maps)) > 0)
        fwrite(line, 1, length, stdout);
    exit(0);
}

__attribute__((noinline)) void last_call(void)
{
    finish(); /* LAST */
}

int main(void)
{
    report("plain"); /* PLAIN */
    inner();
    last_call();
}
