/* wait_forever: ask for input again and again, whatever the answer, on purpose.

   Usage: wait_forever             (end it with Ctrl-C; Ctrl-D is only another answer)

   By hand: printf 'yes\nno\n' | timeout 1 wait_forever | head -4
        the question four times, although there were only two answers: not even the end of the input ends it.

   Try: wait_forever
        -> ends by the harness */
#include <stdio.h>

#include "../common/die.h"
#include "../common/prompt.h"

int main(void)
{
    for (;;) {
        press_key("be asked again");
        clearerr(stdin);
    }
}
