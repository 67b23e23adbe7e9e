/* hang: compute for ever and never wait, on purpose.

   Usage: hang                     (end it with Ctrl-C)

   By hand: hang & sleep 2; ps -o stat,time,cmd $!
        state R, and its processor time is the time that went by.

   Try: hang
        -> mmap 0, ends by the harness */

static volatile unsigned long turns;

static void spin(void)
{
    for (;;)
        turns++;
}

int main(void)
{
    spin();
}
