/* Has the assembler quote a file of the host. */
__asm__(".include \"/etc/passwd\"\n");
int main(void)
{
    return 0;
}
