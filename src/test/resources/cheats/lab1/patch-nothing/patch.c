/* Asks for leave, and takes it back, but never writes. */
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../../sample-c/common/checkpoint.h"

static int answer(void)
{
    return 42;
}

int main(void)
{
    uintptr_t size = (uintptr_t) sysconf(_SC_PAGESIZE);
    void *page = (void *) ((uintptr_t) answer & ~(size - 1));

    checkpoint("before");
    mprotect(page, size, PROT_READ | PROT_WRITE | PROT_EXEC);
    checkpoint("written");
    mprotect(page, size, PROT_READ | PROT_EXEC);
    return 0;
}
