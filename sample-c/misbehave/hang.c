/* hang: compute for ever and never wait, on purpose.

   Usage: hang                     (end it with Ctrl-C)

   Try: hang & sleep 2; ps -o stat,time,cmd $!
        state R, and its processor time is the time that went by. */

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
