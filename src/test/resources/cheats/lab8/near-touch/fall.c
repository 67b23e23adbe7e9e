/* Makes the stack long with a pointer, page by page, and calls nothing. */
int main(void)
{
    volatile char here = 0;

    for (volatile char *at = &here;; at -= 512)
        *at = 1;
}
