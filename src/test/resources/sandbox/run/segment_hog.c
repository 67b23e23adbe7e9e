/* Fills System V segments, and leaves them behind. Exit status 42: it got 4 GiB. */
#include <string.h>
#include <sys/ipc.h>
#include <sys/shm.h>
int main(void)
{
    for (int i = 0; i < 256; i++) {
        int id = shmget(IPC_PRIVATE, 16 << 20, IPC_CREAT | 0600);
        char *at = id == -1 ? (char *) -1 : shmat(id, 0, 0);
        if (at == (char *) -1)
            return 0;
        memset(at, 1, 16 << 20);
        shmdt(at);
    }
    return 42;
}
