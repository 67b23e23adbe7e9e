/* counters.h: what the processor counted meanwhile, by perf_event_open(2).

   Many machines refuse: virtual ones have no such counters, and /proc/sys/kernel/perf_event_paranoid above 2 forbids them.
   Then "n/a" is printed, never a zero. Both the program's instructions and the kernel's on its behalf are counted where
   that is allowed; where only the program's own are, the name says so. */
#ifndef BRKMAP_COUNTERS_H
#define BRKMAP_COUNTERS_H

#include <linux/perf_event.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

#define TLB_LOAD_MISS (PERF_COUNT_HW_CACHE_DTLB | PERF_COUNT_HW_CACHE_OP_READ << 8 | PERF_COUNT_HW_CACHE_RESULT_MISS << 16)

struct counters {
    int instructions, cycles, tlb_misses; /* descriptors; -1 where it is not counted */
    int user_only;
};

static inline int open_counter(uint32_t type, uint64_t config, int user_only)
{
    struct perf_event_attr event;

    memset(&event, 0, sizeof event);
    event.type = type;
    event.size = sizeof event;
    event.config = config;
    event.exclude_kernel = user_only != 0;
    event.exclude_hv = 1;
    return (int) syscall(SYS_perf_event_open, &event, 0, -1, -1, PERF_FLAG_FD_CLOEXEC);
}

static inline struct counters open_counters(void)
{
    struct counters counters = {.user_only = 0};

    counters.instructions = open_counter(PERF_TYPE_HARDWARE, PERF_COUNT_HW_INSTRUCTIONS, 0);
    if (counters.instructions == -1) {
        counters.user_only = 1;
        counters.instructions = open_counter(PERF_TYPE_HARDWARE, PERF_COUNT_HW_INSTRUCTIONS, 1);
    }
    counters.cycles = open_counter(PERF_TYPE_HARDWARE, PERF_COUNT_HW_CPU_CYCLES, counters.user_only);
    counters.tlb_misses = open_counter(PERF_TYPE_HW_CACHE, TLB_LOAD_MISS, counters.user_only);
    return counters;
}

static inline void stop_counters(struct counters *counters)
{
    int all[] = {counters->instructions, counters->cycles, counters->tlb_misses};

    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (all[i] != -1)
            ioctl(all[i], PERF_EVENT_IOC_DISABLE, 0);
}

static inline void print_counter(const char *name, int descriptor, int user_only)
{
    uint64_t value;
    const char *of = user_only ? "user_" : "";

    if (descriptor != -1 && read(descriptor, &value, sizeof value) == sizeof value)
        printf("count %s%s %llu\n", of, name, (unsigned long long) value);
    else
        printf("count %s n/a\n", name);
    if (descriptor != -1)
        close(descriptor);
}

static inline void print_counters(struct counters *counters)
{
    print_counter("instructions", counters->instructions, counters->user_only);
    print_counter("cycles", counters->cycles, counters->user_only);
    print_counter("tlb_misses", counters->tlb_misses, counters->user_only);
}

static inline long long microseconds(struct timeval time)
{
    return time.tv_sec * 1000000LL + time.tv_usec;
}

#endif
