/* fields: a step for each field of smaps that counts pages.

   Usage: fields FILE                      of 256 pages at least

   Checkpoints, each behind the step that it is named after, and the fields that move there; point_at(1) shows the memory,
   point_at(2) the file's mapping, point_at(3) the memory for a huge page:
   "mapped"    256 pages of memory and of FILE: nothing yet
   "written"   to the memory:      Rss, Pss, Private_Dirty, Referenced, Anonymous
   "read"      of the file:        Private_Clean
   "locked"    the memory:         Locked; left out where mlock(2) is refused
   "shared"    with a child that has read the file, too: Shared_Dirty, Shared_Clean; Pss halves
   "alone"     when the child has ended
   "lazy"      MADV_FREE:          LazyFree
   "huge"      a write where a huge page may come: AnonHugePages; left out where the kernel has none
   "out"       MADV_PAGEOUT, of memory that was written to again: Swap, where the machine has room for it

   By hand: dd if=/dev/urandom of=/tmp/f bs=1M count=1 conv=fsync, and fields /tmp/f
        at each prompt look for the row of 1024 kB in /proc/PID/smaps.

   Try: fields in.dat
        -> from mapped to written: mmap 0, anonymous same
        -> from written to shared: clone 1, anonymous same
        -> ends 0 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../common/checkpoint.h"
#include "../common/die.h"
#include "../common/lonely.h"
#include "../common/point.h"
#include "../common/prompt.h"

#ifndef MADV_PAGEOUT
#define MADV_PAGEOUT 21
#endif

enum { PAGES = 256 };

/* What a huge page has on x86-64, and on aarch64 with pages of 4 KiB. */
#define HUGE_PAGE (2L << 20)

static long page, length;
static volatile char byte;

static void write_to(char *memory)
{
    for (long i = 0; i < length; i += page)
        memory[i] = 'w';
}

static void read_all(const char *memory)
{
    for (long i = 0; i < length; i += page)
        byte = memory[i];
}

/* A child that shares the memory, reads the file, and ends when its parent lets it. */
static void share(const char *file)
{
    int told[2], end[2];
    char key = 0;

    if (pipe(told) == -1 || pipe(end) == -1)
        die("pipe");
    pid_t child = fork();
    if (child == -1)
        die("fork");
    if (child == 0) {
        close(end[1]);
        read_all(file);
        if (write(told[1], &key, 1) != 1)
            _exit(1);
        while (read(end[0], &key, 1) > 0)
            continue;
        _exit(0);
    }
    if (read(told[0], &key, 1) != 1)
        die("the child");
    press_key("let the child end");
    checkpoint("shared");
    close(end[1]);
    waitpid(child, NULL, 0);
    press_key("free the memory lazily");
    checkpoint("alone");
}

int main(int argc, char *argv[])
{
    if (argc != 2)
        usage("FILE");
    page = sysconf(_SC_PAGESIZE);
    length = PAGES * page;
    int in = open(argv[1], O_RDONLY);
    if (in == -1 || lseek(in, 0, SEEK_END) < length)
        die("open %s, which must have %ld bytes", argv[1], length);
    char *file = mmap(NULL, (size_t) length, PROT_READ, MAP_PRIVATE, in, 0);
    if (file == MAP_FAILED)
        die("mmap %s", argv[1]);
    char *memory = lonely(length, page);
    char *room = lonely(2 * HUGE_PAGE, page);
    char *huge = room + (HUGE_PAGE - (long) room % HUGE_PAGE) % HUGE_PAGE;
    int may_be_huge = madvise(huge, HUGE_PAGE, MADV_HUGEPAGE) == 0;
    point_at(1, memory);
    point_at(2, file);
    point_at(3, huge);
    press_key("write to memory");
    checkpoint("mapped");

    write_to(memory);
    press_key("read the file");
    checkpoint("written");
    read_all(file);
    press_key("lock the memory");
    checkpoint("read");
    if (mlock(memory, (size_t) length) == 0) {
        press_key("unlock it, and fork");
        checkpoint("locked");
        munlock(memory, (size_t) length);
    }
    share(file);

    madvise(memory, (size_t) length, MADV_FREE);
    press_key("write where a huge page may come");
    checkpoint("lazy");
    if (may_be_huge) {
        *huge = 'h';
        press_key("write to the memory again, and have it paged out");
        checkpoint("huge");
    }
    write_to(memory);
    madvise(memory, (size_t) length, MADV_PAGEOUT);
    press_key("end");
    checkpoint("out");
    return 0;
}
