/* descend: go down the stack and come back, again and again.

   Usage: descend KIB...           one descent for each, of so many KiB

   Checkpoints: "before", then "500 KiB down" and "500 KiB back" for a descent of 500.

   By hand: descend 500 200 900, and grep stack /proc/$(pgrep descend)/maps at each prompt
        the row grows for 500 and for 900; it does not shrink, so there is room for 200.
   By hand: descend 9000
        more than the limit (ulimit -s, 8192 KiB as a rule): SIGSEGV.

   Try: descend 500 200
        -> from before to 500 KiB down: mmap 0, stack +, memory +
        -> from 500 KiB down to 200 KiB back: stack same
        -> ends 0
   Try: descend 9000
        -> ends SIGSEGV */
#include <string.h>

#include "../common/checkpoint.h"
#include "../common/die.h"
#include "../common/prompt.h"

enum { FRAME = 1024, MOST = 1 << 20 };

static void mark(const char *kib, const char *where)
{
    char label[64];

    snprintf(label, sizeof label, "%s KiB %s", kib, where);
    checkpoint(label);
}

/* The address of a local tells how deep we are; the frame is touched, so that it is really there. */
static int go_down(const char *top, long bytes, const char *kib)
{
    char frame[FRAME];
    int deepest = 0;

    memset(frame, 1, sizeof frame);
    if (top - frame < bytes)
        deepest = go_down(top, bytes, kib);
    else
        mark(kib, "down");
    return deepest + frame[0];
}

int main(int argc, char *argv[])
{
    char top = 0;

    if (argc < 2)
        usage("KIB...");
    for (int i = 1; i < argc; i++)
        number("KIB", argv[i], 1, MOST);

    press_key("begin");
    checkpoint("before");
    for (int i = 1; i < argc; i++) {
        go_down(&top, number("KIB", argv[i], 1, MOST) * 1024, argv[i]);
        mark(argv[i], "back");
        press_key("go on");
    }
    return 0;
}
