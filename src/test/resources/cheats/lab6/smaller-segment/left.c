/* Another size, and nothing written to it. */
#include <string.h>
#include <sys/ipc.h>
#include <sys/shm.h>

#include "../../sample-c/common/checkpoint.h"
#include "../../sample-c/common/die.h"

#define SIZE 4096

int main(int argc, char *argv[])
{
    int id = shmget(IPC_PRIVATE, SIZE, IPC_CREAT | 0600);
    if (id == -1)
        die("shmget of %d bytes", SIZE);
    char *memory = shmat(id, NULL, 0);
    if (memory == (char *) -1)
        die("shmat");
    shmctl(id, IPC_RMID, NULL);

    checkpoint("in use");
    if (argc > 1 && strcmp(argv[1], "die") == 0)
        abort();

    if (shmdt(memory) == -1)
        die("shmdt");
    checkpoint("detached");
    return 0;
}
