/* A touch below the limit, from the top of the stack. */
int main(void)
{
    volatile char here = 0;

    *(&here - 2 * 1024 * 1024) = 1;
    return here;
}
