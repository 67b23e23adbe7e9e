/* The right signal, sent by hand. */
#include <signal.h>

int main(void)
{
    return raise(SIGSEGV);
}
