/* left: a System V segment that outlives its program.

   Usage: left [die]               die: abort in the middle, as a program with a bug would

   As it is, ipcs -m shows the segment when the program has ended, and it stays until somebody removes it, or the
   machine is started anew. (To remove it: ipcrm -m and its number.)

   Your turn: mend it so that nothing is left, however the program ends. See shmctl(2), IPC_RMID, and its notes on Linux.
   The segment is attached and written to at "in use", as it is now, and its size stays: by it the lab knows its own.

   By hand:  gcc -g -O0 -o left left.c && ./left; ipcs -m; ./left die; ipcs -m */
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
    /* Your turn. */

    memset(memory, 'x', SIZE);
    checkpoint("in use");
    if (argc > 1 && strcmp(argv[1], "die") == 0)
        abort();

    if (shmdt(memory) == -1)
        die("shmdt");
    checkpoint("detached");
    return 0;
}
