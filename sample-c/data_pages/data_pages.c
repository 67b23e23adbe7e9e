/* data_pages: .data is mapped from the file, and becomes the process's own where it is written.

   Usage: data_pages [BYTES]       bytes of the table to write, from its start (default 32768)

   Checkpoints: "before", "written".

   By hand: data_pages, and grep -A20 'rw-p.*data_pages' /proc/$(pgrep data_pages)/smaps before and after
        the row keeps the file's name; Anonymous grows by 32 kB: these pages are copies now.

   Try: data_pages
        -> from before to written: mmap 0, program data same
        -> ends 0 */
#include "../common/checkpoint.h"
#include "../common/die.h"
#include "../common/prompt.h"

enum { TABLE = 65536 };

/* Begins a page of its own, whatever the size of a page. */
static volatile char table[TABLE] __attribute__((aligned(65536))) = {1};

int main(int argc, char *argv[])
{
    if (argc > 2)
        usage("[BYTES]");
    long bytes = argc > 1 ? number("BYTES", argv[1], 0, TABLE) : TABLE / 2;

    press_key("write");
    checkpoint("before");
    for (long i = 0; i < bytes; i++)
        table[i] = 2;
    press_key("end");
    checkpoint("written");
    return 0;
}
