/* Asks for a queue through which calls pass no filter. Exit status 42: it got one. */
#include <linux/io_uring.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>
int main(void)
{
    struct io_uring_params params;
    memset(&params, 0, sizeof params);
    return syscall(SYS_io_uring_setup, 4, &params) >= 0 ? 42 : 0;
}
