/* Gone before anybody uses it. */
#include <string.h>
#include <sys/ipc.h>
#include <sys/shm.h>

#include "../../sample-c/common/checkpoint.h"
#include "../../sample-c/common/die.h"

#define SIZE 1062507

int main(int argc, char *argv[])
{
    int id = shmget(IPC_PRIVATE, SIZE, IPC_CREAT | 0600);
    if (id == -1)
        die("shmget of %d bytes", SIZE);
    char *memory = shmat(id, NULL, 0);
    if (memory == (char *) -1)
        die("shmat");
    shmctl(id, IPC_RMID, NULL);
    shmdt(memory);
    memory = malloc(SIZE);

    memset(memory, 'x', SIZE);
    checkpoint("in use");
    if (argc > 1 && strcmp(argv[1], "die") == 0)
        abort();

    free(memory);
    checkpoint("detached");
    return 0;
}
