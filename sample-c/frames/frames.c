/* frames: calls that lie on the stack, one below the other.

   Usage: frames [DEPTH]           (default 4, at most 26)

   Build: make -B frames DEFINES=-DLOCAL=100          bytes of the one local array of each call (default 64)

   Call number 1 fills its array with 'A', number 2 with 'B', and so on.
   Checkpoints: "down 1", "down 2" ... when each has filled its array, "up 1" when all but the first have returned.

   By hand: gdb -ex 'break press_key' -ex run -ex bt -ex 'x/64xg $sp' build/frames
        letters of the deepest call first, and above them its saved frame pointer and its return address;
        then the next call.
   By hand: objdump -d --disassemble=call build/frames
        "sub $0x...,%rsp" is what a call takes beside the two words that call and push put there.

   Try: frames
        -> from down 1 to down 4: mmap 0, brk 0, stack same
        -> ends 0 */
#include <string.h>

#include "../common/checkpoint.h"
#include "../common/die.h"
#include "../common/prompt.h"

#ifndef LOCAL
#define LOCAL 64
#endif

enum { MOST = 26 };

static void mark(const char *way, int number)
{
    char label[32];

    snprintf(label, sizeof label, "%s %d", way, number);
    checkpoint(label);
}

static int call(int number, int depth)
{
    char local[LOCAL];

    memset(local, 'A' + number - 1, sizeof local);
    mark("down", number);
    if (number < depth)
        call(number + 1, depth);
    else
        press_key("return");
    if (number == 1)
        mark("up", number);
    return local[0];
}

int main(int argc, char *argv[])
{
    if (argc > 2)
        usage("[DEPTH]");
    int depth = argc > 1 ? (int) number("DEPTH", argv[1], 1, MOST) : 4;

    return call(1, depth) == 'A' ? 0 : 1;
}
