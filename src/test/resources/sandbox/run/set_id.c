/* Runs what would make it root. Exit status 42: it is. */
#include <unistd.h>
int main(void)
{
    return setuid(0) == 0 && geteuid() == 0 && getuid() == 0 && access("/etc/shadow", R_OK) == 0 ? 42 : 0;
}
