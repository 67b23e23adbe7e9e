/* shrink_mapped: preloaded, it cuts the file SHRINK to nothing as soon as a program has mapped it.

   Usage: LD_PRELOAD=shrink_mapped.so SHRINK=FILE program...

   So that what happens to a program whose file shrinks while it is mapped does not depend on chance. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

void *mmap(void *start, size_t length, int protection, int flags, int file, off_t offset)
{
    void *(*real)(void *, size_t, int, int, int, off_t) = (void *(*)(void *, size_t, int, int, int, off_t)) dlsym(RTLD_NEXT, "mmap");
    void *mapping = real(start, length, protection, flags, file, offset);
    const char *name = getenv("SHRINK");
    struct stat mapped, wanted;

    if (file != -1 && name != NULL && fstat(file, &mapped) == 0 && stat(name, &wanted) == 0
        && mapped.st_ino == wanted.st_ino && mapped.st_dev == wanted.st_dev && truncate(name, 0) == -1)
        abort();
    return mapping;
}
