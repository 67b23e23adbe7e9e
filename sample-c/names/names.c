/* names: shared memory by name (POSIX) and by descriptor (memfd), and what is left of the names.

   Usage: names

   The POSIX object's name is taken away before it is mapped, and the memfd never had one in the file system:
   nothing is left of either when the program ends, however it ends.
   Checkpoints: "before", "mapped", "closed".

   By hand: names, and grep -E 'shm|memfd' /proc/$(pgrep -x names)/maps
        two rows rw-s: files of tmpfs, "(deleted)". ls /dev/shm does not show them.

   Try: names
        -> from before to mapped: mmap 2, shared memory +2M
        -> from mapped to closed: munmap 0, shared memory same
        -> ends 0 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../common/checkpoint.h"
#include "../common/die.h"
#include "../common/point.h"
#include "../common/prompt.h"

enum { LENGTH = 1 << 20 };

static char *map(int file)
{
    if (ftruncate(file, LENGTH) == -1)
        die("ftruncate to %d bytes", LENGTH);
    char *memory = mmap(NULL, LENGTH, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (memory == MAP_FAILED)
        die("mmap of %d bytes", LENGTH);
    memory[0] = 1;
    return memory;
}

int main(void)
{
    char name[64];

    press_key("map");
    checkpoint("before");
    snprintf(name, sizeof name, "/brkmap-names-%ld", (long) getpid());
    int object = shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0600);
    if (object == -1)
        die("shm_open %s", name);
    if (shm_unlink(name) == -1)
        die("shm_unlink %s", name);
    int memory = memfd_create("names", MFD_CLOEXEC);
    if (memory == -1)
        die("memfd_create");
    point_at(1, map(object));
    point_at(2, map(memory));
    press_key("close");
    checkpoint("mapped");

    close(object);
    close(memory);
    checkpoint("closed");
    press_key("end");
    return 0;
}
