/* Leaves a process behind that has left its session, its terminal and its name. */
#include <sys/prctl.h>
#include <unistd.h>
int main(void)
{
    if (fork() == 0) {
        setsid();
        if (fork() == 0) {
            for (int fd = 0; fd < 1024; fd++)
                close(fd);
            prctl(PR_SET_NAME, "brkmap-left");
            for (;;)
                sleep(1000);
        }
        _exit(0);
    }
    sleep(1);
    return 0;
}
