/* memdump: write regions of another process's memory to files.

   Usage: memdump [-v] PID NAME FILE [NAME FILE] ...

   Each NAME is the last field of rows of /proc/PID/maps, such as [heap]; FILE gets the bytes of all rows of that name.
   With -v the bytes come by process_vm_readv(2) instead of /proc/PID/mem.

   Your turn: write the functions below. What memdump must do:
     - A row counts if its whole last field is NAME, and nothing else: blanks, brackets and dots mean themselves.
       FILE gets all rows of that name one after the other, in the order of maps, and nothing else.
     - While it reads, the process stands still; before that it waits until the kernel says so.
       Afterwards the process runs on, whatever happened: an error, a full disk, or a SIGINT, SIGTERM or SIGHUP to memdump.
       A process that was stopped before stays stopped.
     - Pages that cannot be read are zeros in FILE, so that all others keep their places.
     - A new FILE may be read and written by its owner alone, for it may hold secrets; an old one is replaced.
     - If no row has that name, or not one byte of them can be read, or FILE cannot be written, or PID is not the number
       of a process, it says so on standard error and ends with a status that is not 0. FILE holds nothing then.
       Names that come after one that is not found may be left out.

   Build and look by hand:  gcc -g -o memdump memdump.c && gcc -g -o space space.c
                            ./space 1 heap 100000        in another terminal, and then here
                            ./memdump $(pgrep -x space) '[heap]' heap.dump && ls -l heap.dump */
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#include "../../sample-c/common/die.h"

enum { MOST_ROWS = 64 };

struct row {
    uint64_t start, end;
};

/* Which process text names. */
static pid_t process(const char *text)
{
    return atoi(text); /* your turn: this takes anything for a number */
}

/* Stops the process, and returns when it stands still. */
static void hold(pid_t pid)
{
    (void) pid; /* your turn: last, when you can dump */
}

/* Lets it run on. */
static void let_go(void)
{
    /* your turn, too: who calls this, and when? */
}

/* Finds the rows of that name, writes their addresses to rows, and returns how many there are. */
static int find(pid_t pid, const char *name, struct row rows[], int most)
{
    (void) rows;
    (void) most;
    fail("cannot find %s of process %d yet", name, pid); /* your turn: begin here */
}

/* Writes the bytes of these rows to the file. */
static void dump(pid_t pid, const struct row rows[], int count, const char *file, int by_call)
{
    (void) rows;
    (void) by_call;
    fail("cannot write %d rows of process %d to %s yet", count, pid, file); /* your turn: here you go on */
}

int main(int argc, char *argv[])
{
    int by_call = argc > 1 && strcmp(argv[1], "-v") == 0;
    struct row rows[MOST_ROWS];

    argc -= by_call;
    argv += by_call;
    if (argc < 4 || argc % 2 != 0)
        usage("[-v] PID NAME FILE [NAME FILE] ...");
    pid_t pid = process(argv[1]);

    hold(pid);
    for (int i = 2; i < argc; i += 2) {
        int count = find(pid, argv[i], rows, MOST_ROWS);
        dump(pid, rows, count, argv[i + 1], by_call);
    }
    let_go();
    return 0;
}
