/* detects: maps 1 MiB only if it notices an observer.

   Usage: detects tracer|probe|rows|traceme|sleep */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <unistd.h>

#include "checkpoint.h"

static int is_in(const char *file, const char *text, const char *unless)
{
    char line[4096];
    int found = 0;
    FILE *in = fopen(file, "r");

    while (in != NULL && fgets(line, sizeof line, in) != NULL)
        if (strstr(line, text) != NULL && (unless == NULL || strstr(line, unless) == NULL))
            found = 1;
    if (in != NULL)
        fclose(in);
    return found;
}

static int notices(const char *how)
{
    if (strcmp(how, "tracer") == 0)
        return is_in("/proc/self/status", "TracerPid:", "TracerPid:\t0\n");
    if (strcmp(how, "probe") == 0)
        return getenv("LD_PRELOAD") != NULL;
    if (strcmp(how, "rows") == 0)
        return is_in("/proc/self/maps", "probe", NULL);
    if (strcmp(how, "traceme") == 0)
        return ptrace(PTRACE_TRACEME, 0, NULL, NULL) == -1;
    sleep(1000);
    return 0;
}

int main(int argc, char *argv[])
{
    int noticed = argc == 2 && notices(argv[1]);

    checkpoint("before");
    if (noticed)
        mmap(NULL, 1 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    checkpoint("after");
    return 0;
}
