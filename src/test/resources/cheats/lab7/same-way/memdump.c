/* Takes -v, and reads as before. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <signal.h>
#include <stdint.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#include "../../sample-c/common/die.h"

enum { MOST_ROWS = 64 };

struct row {
    uint64_t start, end;
};

static pid_t held;

/* From a handler as well: kill(2) may be called there. */
static void let_go(void)
{
    if (held > 0)
        kill(held, SIGCONT);
    held = 0;
}

static void on_signal(int number)
{
    let_go();
    raise(number);
}

static pid_t process(const char *text)
{
    char *end;

    errno = 0;
    long number = strtol(text, &end, 10);
    if (errno != 0 || end == text || *end != '\0' || number < 1 || number > INT_MAX)
        fail("%s is not the number of a process", text);
    return (pid_t) number;
}

static char state(pid_t pid)
{
    char path[64], text[512];

    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    int in = open(path, O_RDONLY);
    if (in == -1)
        die("open %s", path);
    ssize_t length = read(in, text, sizeof text - 1);
    close(in);
    if (length <= 0)
        fail("process %d has ended", pid);
    text[length] = '\0';
    char *after = strrchr(text, ')');
    if (after == NULL || strlen(after) < 3)
        fail("%s is not as expected", path);
    return after[2];
}

static void hold(pid_t pid)
{
    struct sigaction action = {.sa_handler = on_signal, .sa_flags = (int) SA_RESETHAND | SA_NODEFER};

    if (state(pid) == 'T')
        return;
    atexit(let_go);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGHUP, &action, NULL);
    held = pid;
    if (kill(pid, SIGSTOP) == -1) {
        held = 0;
        die("stop process %d", pid);
    }
    for (char now = state(pid); now != 'T' && now != 't'; now = state(pid)) {
        struct timespec moment = {0, 1000000};
        if (now == 'Z' || now == 'X')
            fail("process %d has ended", pid);
        nanosleep(&moment, NULL);
    }
}

static int find(pid_t pid, const char *name, struct row rows[], int most)
{
    char path[64], *line = NULL;
    size_t room = 0;
    ssize_t length;
    int count = 0;

    snprintf(path, sizeof path, "/proc/%d/maps", pid);
    FILE *maps = fopen(path, "re");
    if (maps == NULL)
        die("open %s", path);
    while ((length = getline(&line, &room, maps)) > 0) {
        struct row row;
        int field = 0;
        if (line[length - 1] == '\n')
            line[length - 1] = '\0';
        if (sscanf(line, "%" SCNx64 "-%" SCNx64 " %*s %*x %*x:%*x %*u %n", &row.start, &row.end, &field) < 2 || field == 0)
            continue;
        if (strcmp(line + field, name) != 0)
            continue;
        if (count == most)
            fail("more than %d rows are called %s", most, name);
        rows[count++] = row;
    }
    if (ferror(maps))
        die("read %s", path);
    free(line);
    fclose(maps);
    if (count == 0)
        fail("process %d has no %s", pid, name);
    return count;
}

/* Where the bytes come from: the process's memory as a file, or -1 for process_vm_readv. */
struct source {
    pid_t pid;
    int memory;
};

/* Reads up to so many bytes; 0 if not one can be read. */
static size_t read_some(const struct source *from, uint64_t at, void *buffer, size_t length)
{
    struct iovec here = {buffer, length}, there = {(void *) (uintptr_t) at, length};
    ssize_t got = 0 ? process_vm_readv(from->pid, &here, 1, &there, 1, 0)
                                     : pread(from->memory, buffer, length, (off_t) at);

    if (got == -1 && errno != EIO && errno != EFAULT && errno != EINVAL)
        die("read process %d at 0x%" PRIx64, from->pid, at);
    return got == -1 ? 0 : (size_t) got;
}

static int readable(const struct source *from, const struct row rows[], int count)
{
    uint64_t page = (uint64_t) sysconf(_SC_PAGESIZE);
    char byte;

    for (int i = 0; i < count; i++)
        for (uint64_t at = rows[i].start; at < rows[i].end; at += page)
            if (read_some(from, at, &byte, 1) == 1)
                return 1;
    return 0;
}

static void write_all(int out, const char *bytes, size_t length, const char *file)
{
    while (length > 0) {
        ssize_t written = write(out, bytes, length);
        if (written == -1)
            die("write %s", file);
        bytes += written;
        length -= (size_t) written;
    }
}

/* Returns how many bytes could not be read. */
static uint64_t copy(const struct source *from, struct row row, int out, const char *file)
{
    static char buffer[1 << 16];
    uint64_t page = (uint64_t) sysconf(_SC_PAGESIZE), lost = 0;

    for (uint64_t at = row.start; at < row.end;) {
        size_t wanted = row.end - at < sizeof buffer ? (size_t) (row.end - at) : sizeof buffer;
        size_t length = read_some(from, at, buffer, wanted);
        if (length == 0) {
            length = (size_t) (page - at % page);
            memset(buffer, 0, length);
            lost += length;
        }
        write_all(out, buffer, length, file);
        at += length;
    }
    return lost;
}

static void dump(pid_t pid, const struct row rows[], int count, const char *file, int by_call)
{
    struct source from = {pid, -1};
    char path[64];
    uint64_t lost = 0;

    (void) by_call;
    {
        snprintf(path, sizeof path, "/proc/%d/mem", pid);
        from.memory = open(path, O_RDONLY | O_CLOEXEC);
        if (from.memory == -1)
            die("open %s", path);
    }
    if (!readable(&from, rows, count))
        fail("nothing of it can be read, so there is no %s", file);
    int out = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (out == -1)
        die("open %s", file);
    for (int i = 0; i < count; i++)
        lost += copy(&from, rows[i], out, file);
    if (lost > 0)
        fprintf(stderr, "%" PRIu64 " bytes could not be read, and are zeros in %s\n", lost, file);
    if (close(out) == -1)
        die("close %s", file);
    if (from.memory != -1)
        close(from.memory);
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
