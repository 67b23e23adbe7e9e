/* Makes a call by the numbers of another architecture, which a filter may not know: exit(42) of i386. */
int main(void)
{
#ifdef __x86_64__
    __asm__ volatile("int $0x80" : : "a"(1), "b"(42));
#endif
    return 0;
}
