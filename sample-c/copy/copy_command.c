/* copy_command: run a command that copies, and say what it took.

   Usage: copy_command DESTINATION COMMAND [ARGUMENT ...]
          copy_command -s DESTINATION COMMAND [ARGUMENT ...] (waits until the disk has the destination)

   It prints the same lines as the other programs of this folder, so that cp(1) and dd(1) stand beside them. The time is
   that of the whole command: starting it, finding its libraries, copying.

   By hand: copy_command out.dat cp in.dat out.dat, beside copy_range
        the difference is what starting a program takes; for a small file it is most of the time.

   Try: copy_command out.dat cp in.dat out.dat
        -> execve 1-99, ends 0 */
#define _GNU_SOURCE
#include <sys/wait.h>

#include "strategy.h"

static void run(char *command[], struct rusage *usage)
{
    int status;
    pid_t child = fork();

    if (child == -1)
        die("fork");
    if (child == 0) {
        execvp(command[0], command);
        die("execvp %s", command[0]);
    }
    if (wait4(child, &status, 0, usage) == -1)
        die("wait4");
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        fail("%s did not succeed", command[0]);
}

static void flush(const char *destination)
{
    int file = open(destination, O_RDONLY);

    if (file == -1)
        die("open %s", destination);
    if (fsync(file) == -1)
        die("fsync %s", destination);
    close(file);
}

int main(int argc, char *argv[])
{
    struct job job = {.phase = COPY};
    int first = argc > 1 && strcmp(argv[1], "-s") == 0 ? 2 : 1;
    struct rusage used;

    if (argc < first + 2)
        usage("[-s] DESTINATION COMMAND [ARGUMENT ...]");
    start_clock(&job);
    stop_counters(&job.counters);
    run(argv + first + 1, &used);
    enter(&job, FLUSH);
    if (first == 2)
        flush(argv[first]);
    enter(&job, OPEN);
    print_usage(&job, &(struct rusage){0}, &used);
    return 0;
}
