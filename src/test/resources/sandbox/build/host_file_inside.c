/* Takes a file of the host into the program. */
__asm__(".section .rodata\n.incbin \"/etc/passwd\"\n");
int main(void)
{
    return 0;
}
