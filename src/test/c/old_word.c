/* old_word: a program for the processor's 32-bit mode that ends at once. It needs no C library of 32 bits.

   Usage: old_word (built with -m32 -nostdlib -static) */
void _start(void);

void _start(void)
{
    __asm__ volatile("mov $1, %eax\n\txor %ebx, %ebx\n\tint $0x80");
}
