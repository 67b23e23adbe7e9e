/* read_maps: read and parse the maps of a process, or its smaps, and say how long that took.

   Usage: read_maps [-s | -r] PID [ROUNDS]        (default 1 round; -s reads smaps, -r reads smaps and does not parse it)

   Each round prints one line: how many rows, how many bytes of names, how many nanoseconds from open to close. It parses
   every field of every row into a record and keeps all records of a round, as a tool must that is to work on them.
   It is the yardstick for other readers of maps: optimised (-O2), it is about as fast as a program can be, for most of the
   time goes into the kernel, which writes the text. With -r the kernel's time is all there is (rows and names are 0).

   By hand: read_maps $$
        a shell has some 40 rows.
   By hand: read_maps -s $$, beside it
        some ten times the time: for smaps the kernel looks at every page, and writes twenty lines more a row.
   By hand: strace -c read_maps PID with a process of many rows
        read(2) gives at most a page of text a call, however large the buffer is.

   Try: read_maps $$
        -> brk 1-9, ends 0 */
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "../common/die.h"

/* What is kept of smaps, in the order in which the kernel writes it (fs/proc/task_mmu.c). */
static const char *const field_names[] = {
    "Rss:", "Pss:", "Shared_Clean:", "Shared_Dirty:", "Private_Clean:", "Private_Dirty:", "Referenced:", "Anonymous:",
    "LazyFree:", "AnonHugePages:", "Swap:", "Locked:",
};

enum { FIELDS = sizeof field_names / sizeof field_names[0] };

static size_t field_lengths[FIELDS];

struct mapping {
    uint64_t start, end, offset, inode;
    uint32_t major, minor;
    char permissions[4];
    uint32_t name_length;
    const char *name; /* in the text, not ended by a NUL */
};

struct use {
    uint64_t kilobytes[FIELDS];
};

static char *text;
static size_t text_size, text_room;
static struct mapping *mappings;
static struct use *usages;
static size_t mappings_room, usages_room;

static void *grown(void *memory, size_t *room, size_t size)
{
    *room = *room == 0 ? 1024 : *room * 2;
    memory = realloc(memory, *room * size);
    if (memory == NULL)
        die("realloc of %zu bytes", *room * size);
    return memory;
}

static void read_all(const char *path)
{
    ssize_t count;
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd == -1)
        die("open %s", path);
    text_size = 0;
    do {
        while (text_room - text_size < 65536)
            text = grown(text, &text_room, 1);
        count = read(fd, text + text_size, text_room - text_size);
        if (count == -1)
            die("read %s", path);
        text_size += (size_t) count;
    } while (count > 0);
    close(fd);
}

static const char *hex(const char *at, uint64_t *value)
{
    *value = 0;
    for (;; at++) {
        if (*at >= '0' && *at <= '9')
            *value = *value << 4 | (uint64_t) (*at - '0');
        else if (*at >= 'a' && *at <= 'f')
            *value = *value << 4 | (uint64_t) (*at - 'a' + 10);
        else
            return at;
    }
}

static const char *decimal(const char *at, uint64_t *value)
{
    for (*value = 0; *at >= '0' && *at <= '9'; at++)
        *value = *value * 10 + (uint64_t) (*at - '0');
    return at;
}

/* One row, up to and with its newline: "start-end perms offset major:minor inode   name". */
static const char *parse(const char *at, struct mapping *row)
{
    uint64_t major, minor;

    at = hex(at, &row->start) + 1;
    at = hex(at, &row->end) + 1;
    memcpy(row->permissions, at, sizeof row->permissions);
    at = hex(at + sizeof row->permissions + 1, &row->offset) + 1;
    at = hex(at, &major) + 1;
    at = hex(at, &minor) + 1;
    row->major = (uint32_t) major;
    row->minor = (uint32_t) minor;
    at = decimal(at, &row->inode);
    while (*at == ' ')
        at++;
    row->name = at;
    at = strchr(at, '\n');
    if (at == NULL)
        fail("a row of maps without an end");
    row->name_length = (uint32_t) (at - row->name);
    return at + 1;
}

/* The lines of smaps that follow a row, up to the next row: "Rss:    12 kB". A row begins with a digit or a small letter. */
static const char *parse_fields(const char *at, struct use *use)
{
    int next = 0;

    while (*at >= 'A' && *at <= 'Z') {
        for (int i = next; i < FIELDS; i++) {
            if (memcmp(at, field_names[i], field_lengths[i]) == 0) {
                at += field_lengths[i];
                while (*at == ' ')
                    at++;
                at = decimal(at, &use->kilobytes[i]);
                next = i + 1;
                break;
            }
        }
        at = strchr(at, '\n');
        if (at == NULL)
            fail("a row of smaps without an end");
        at++;
    }
    return at;
}

static uint64_t now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t) time.tv_sec * 1000000000 + (uint64_t) time.tv_nsec;
}

int main(int argc, char *argv[])
{
    char path[64];
    int first = argc > 1 && argv[1][0] == '-' ? 2 : 1;
    bool smaps = first == 2 && strcmp(argv[1], "-s") == 0, raw = first == 2 && strcmp(argv[1], "-r") == 0;
    long rounds = 1;

    if (argc - first < 1 || argc - first > 2 || (first == 2 && !smaps && !raw))
        usage("[-s | -r] PID [ROUNDS]");
    if (argc - first == 2)
        rounds = number("ROUNDS", argv[first + 1], 1, 1000000);
    snprintf(path, sizeof path, "/proc/%ld/%s", number("PID", argv[first], 1, 4194304), first == 2 ? "smaps" : "maps");
    for (int i = 0; i < FIELDS; i++)
        field_lengths[i] = strlen(field_names[i]);

    for (long round = 0; round < rounds; round++) {
        uint64_t begin = now();
        size_t rows = 0, names = 0;

        read_all(path);
        for (const char *at = text; !raw && at < text + text_size; rows++) {
            if (rows == mappings_room)
                mappings = grown(mappings, &mappings_room, sizeof *mappings);
            if (smaps && rows == usages_room)
                usages = grown(usages, &usages_room, sizeof *usages);
            at = parse(at, &mappings[rows]);
            names += mappings[rows].name_length;
            if (smaps)
                at = parse_fields(at, &usages[rows]);
        }
        printf("%zu %zu %llu\n", rows, names, (unsigned long long) (now() - begin));
    }
    return EXIT_SUCCESS;
}
