/* stuck: has a thread wait in the kernel for a page that nobody provides, where no stop reaches it, and goes on beside it.

   Status 77: the kernel refuses userfaultfd(2) for faults of its own. */
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <poll.h>
#include <pthread.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "checkpoint.h"
#include "die.h"

static char *page;
static int ends[2];

static void *copy(void *unused)
{
    if (write(ends[1], page, 1) == -1)
        die("write");
    return unused;
}

int main(void)
{
    long size = sysconf(_SC_PAGESIZE);
    int faults = (int) syscall(SYS_userfaultfd, O_CLOEXEC | O_NONBLOCK);
    if (faults == -1)
        return 77;
    struct uffdio_api api = {.api = UFFD_API};
    page = mmap(NULL, (size_t) size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (ioctl(faults, UFFDIO_API, &api) == -1 || page == MAP_FAILED || pipe(ends) == -1)
        die("prepare");
    struct uffdio_register range = {.range = {(unsigned long) page, (unsigned long) size},
                                    .mode = UFFDIO_REGISTER_MODE_MISSING};
    if (ioctl(faults, UFFDIO_REGISTER, &range) == -1)
        die("register");

    pthread_t thread;
    if (pthread_create(&thread, NULL, copy, NULL) != 0)
        fail("no thread");
    struct pollfd met = {.fd = faults, .events = POLLIN};
    while (poll(&met, 1, 100) == 0)
        continue;
    checkpoint("beside it");
    return 0;
}
