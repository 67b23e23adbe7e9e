/*
 * The memory the malloc probe shares with the tracer. ProbeMemory.java reads it by the same offsets: every field has
 * its natural alignment, all are little-endian, and a test compares the two.
 */
#ifndef BRKMAP_PROBE_LAYOUT_H
#define BRKMAP_PROBE_LAYOUT_H

#include <stdint.h>

#define PROBE_MAGIC 0x70616d6bu
#define PROBE_VERSION 1u
#define PROBE_SLOTS 4096u
#define PROBE_LOG_ENTRIES 65536u

/* The names the tracer reports; the number of an operation is its place here. */
#define PROBE_OPERATIONS(X)                                                                                            \
    X(none) X(malloc) X(calloc) X(realloc) X(reallocarray) X(free) X(memalign) X(aligned_alloc) X(posix_memalign)      \
    X(valloc) X(pvalloc) X(malloc_trim) X(sbrk) X(brk) X(mmap) X(munmap) X(mremap) X(mprotect) X(madvise) X(shmat)     \
    X(shmdt) X(pthread_create) X(dlopen) X(dlclose) X(abort) X(assert)

#define PROBE_ENUM(name) PROBE_##name,
enum probe_operation { PROBE_OPERATIONS(PROBE_ENUM) PROBE_OPERATION_COUNT };

/* One for each thread that ever called: what it is doing now, and what it has done. Only that thread writes it. */
struct probe_slot {
    uint32_t tid;       /* in its own pid namespace */
    uint32_t pid;       /* likewise */
    uint32_t depth;     /* calls under way, one within the other; 0: none, the fields below are old */
    uint32_t operation; /* the outermost of them */
    uint64_t size;
    uint64_t pointer;
    uint64_t site; /* return address in the program, 0 if not found */
    uint64_t mallocs;
    uint64_t callocs;
    uint64_t reallocs;
    uint64_t frees;
    uint64_t bytes_requested;
    uint64_t opener; /* where dlopen was last called: for the loader's calls while depth is 0 */
    uint64_t reserved[5];
};

/* One finished call of the malloc family. */
struct probe_call {
    uint64_t serial; /* place in the log plus 1, written last: 0 is a call that never ended */
    uint32_t tid;
    uint32_t pid;
    uint32_t operation;
    uint32_t reserved;
    uint64_t size;
    uint64_t pointer;
    uint64_t result;
    uint64_t site;
    uint64_t events; /* memory events begun when it returned, by the tracer's count */
};

struct probe_memory {
    uint32_t magic;
    uint32_t version;
    uint32_t slots_taken; /* may exceed PROBE_SLOTS: the rest had no room */
    uint32_t reserved;
    uint64_t calls_logged; /* may exceed PROBE_LOG_ENTRIES: likewise */
    uint64_t events;       /* written by the tracer */
    uint64_t padding[12];
    struct probe_slot slots[PROBE_SLOTS];
    struct probe_call log[PROBE_LOG_ENTRIES];
};

_Static_assert(sizeof(struct probe_slot) == 128, "ProbeMemory.java counts on it");
_Static_assert(sizeof(struct probe_call) == 64, "ProbeMemory.java counts on it");
_Static_assert(sizeof(struct probe_memory) == 128 + 128 * PROBE_SLOTS + 64 * PROBE_LOG_ENTRIES, "no hidden padding");

#endif
