/* Types a command at the terminal it was started from. Exit status 42: it could. */
#include <fcntl.h>
#include <sys/ioctl.h>
int main(void)
{
    int fd = open("/dev/tty", 2);
    return ioctl(fd, TIOCSTI, "x") == 0 || ioctl(0, TIOCSTI, "x") == 0 ? 42 : 0;
}
