/* sysv: a System V segment from shmget to its end.

   Usage: sysv [KIB [BYTES STRIDE]]        (default 256 65536 4096: writes a byte every STRIDE, within the first BYTES)

   A child attaches the segment first and marks it for removal at once (IPC_RMID), so that it is gone when the last process
   has detached, whatever dies. On Linux a marked segment can still be attached by who knows its number.
   Checkpoints: "before", "got", "attached", "touched", "detached", "removed".

   By hand: sysv, and ipcs -m; grep SYSV /proc/$(pgrep -o sysv)/maps at each prompt
        shmget maps nothing; shmat adds a row, whose Rss is 0 until it is touched; shmdt takes it away.
        ipcs calls it dest: it will be removed.

   Try: sysv
        -> from before to got: shmat 0, shared memory same
        -> from got to attached: shmat 1, shared memory +256K
        -> from attached to touched: shmat 0, shared memory same
        -> from touched to detached: shmdt 1, shared memory -256K
        -> ends 0 */
#include <sys/ipc.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../common/checkpoint.h"
#include "../common/die.h"
#include "../common/prompt.h"

/* Holds the segment until the parent is gone or has had enough. */
static void hold(int id, int told, int end)
{
    char byte = 0;

    int attached = shmat(id, NULL, 0) != (void *) -1;
    if (shmctl(id, IPC_RMID, NULL) == -1 || !attached || write(told, &byte, 1) != 1)
        _exit(1);
    while (read(end, &byte, 1) > 0)
        continue;
    _exit(0);
}

int main(int argc, char *argv[])
{
    int told[2], end[2];
    char byte;

    if (argc > 4 || argc == 3)
        usage("[KIB [BYTES STRIDE]]");
    long length = (argc > 1 ? number("KIB", argv[1], 1, 1 << 20) : 256) * 1024;
    long bytes = argc > 2 ? number("BYTES", argv[2], 0, length) : 65536;
    long stride = argc > 3 ? number("STRIDE", argv[3], 1, 1 << 30) : 4096;

    press_key("get a segment");
    checkpoint("before");
    if (pipe(told) == -1 || pipe(end) == -1)
        die("pipe");
    int id = shmget(IPC_PRIVATE, (size_t) length, IPC_CREAT | 0600);
    if (id == -1)
        die("shmget of %ld bytes", length);
    pid_t child = fork();
    if (child == 0) {
        close(end[1]);
        hold(id, told[1], end[0]);
    }
    close(told[1]);
    if (child == -1 || read(told[0], &byte, 1) != 1) {
        shmctl(id, IPC_RMID, NULL);
        die("the child that holds the segment");
    }
    press_key("attach it");
    checkpoint("got");

    char *memory = shmat(id, NULL, 0);
    if (memory == (char *) -1)
        die("shmat");
    press_key("write to it");
    checkpoint("attached");

    for (long i = 0; i < bytes; i += stride)
        memory[i] = 1;
    press_key("detach it");
    checkpoint("touched");

    if (shmdt(memory) == -1)
        die("shmdt");
    press_key("let the other detach, too");
    checkpoint("detached");

    close(end[1]);
    waitpid(child, NULL, 0);
    checkpoint("removed");
    press_key("end");
    return 0;
}
