/*
 * record: the tracer's wait, which notes the memory calls of a lone thread by itself.
 *
 * A memory call stops its thread twice, and all that is to be done there is to write down what the kernel says. The JVM
 * would spend more time on the way to three system calls than they take. So it waits here; whatever is not plain (another
 * call, a signal, an end, a mapping of a file, a thread the probe has just met) comes back to it as from waitpid(2).
 */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/audit.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "probe_layout.h"
#include "record.h"

#if defined(__x86_64__)
#define NATIVE_ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define NATIVE_ARCH AUDIT_ARCH_AARCH64
#else
#error "brkmap knows the system calls of x86-64 and aarch64 only"
#endif

/* PTRACE_GET_SYSCALL_INFO, whose structure not every C library has. */
struct call_info {
    uint8_t kind;
    uint8_t padding[3];
    uint32_t arch;
    uint64_t instruction;
    uint64_t stack;
    union {
        struct {
            uint64_t number;
            uint64_t args[6];
        } entry;
        struct {
            int64_t result;
            uint8_t failed;
        } exit;
    } of;
    uint64_t filter_word;
};
#define GET_SYSCALL_INFO 0x420e
enum { AT_EXIT = 2, AT_SECCOMP = 3 };

static int64_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * INT64_C(1000000000) + time.tv_nsec;
}

static int asked(pid_t tid, int kind, struct call_info *info)
{
    return syscall(SYS_ptrace, GET_SYSCALL_INFO, tid, sizeof *info, info) > 0 && info->kind == kind;
}

static int is_noted(const struct record_target *target, const struct call_info *info)
{
    uint64_t number = info->of.entry.number;
    return info->arch == NATIVE_ARCH && number < RECORD_MOST_CALLS && (target->calls[number / 64] >> number % 64 & 1);
}

/* Whether the slot is still the newest of this thread: a later one would be looked for by the JVM. */
static int knows_slot(const struct record_target *target, const volatile struct probe_memory *probe)
{
    return probe->slots_taken == target->slots_taken
        && (target->slot == -1 || probe->slots[target->slot].tid == (uint32_t) target->inner_tid);
}

static void name_cause(const struct record_target *target, const volatile struct probe_memory *probe, int64_t *event)
{
    if (target->slot == -1)
        return;
    const volatile struct probe_slot *slot = &probe->slots[target->slot];
    uint64_t instruction = (uint64_t) event[RECORD_INSTRUCTION];
    if (slot->depth != 0) {
        uint32_t operation = slot->operation;
        event[RECORD_OPERATION] = operation < PROBE_OPERATION_COUNT ? operation : PROBE_none;
        event[RECORD_SIZE] = (int64_t) slot->size;
        event[RECORD_POINTER] = (int64_t) slot->pointer;
        event[RECORD_SITE] = (int64_t) slot->site;
    } else if (slot->opener != 0 && target->loader_start <= instruction && instruction < target->loader_end) {
        event[RECORD_OPERATION] = PROBE_dlopen;
        event[RECORD_SITE] = (int64_t) slot->opener;
    }
}

static void begin(const struct record_target *target, const struct call_info *info, int64_t *event)
{
    memset(event, 0, RECORD_WIDTH * sizeof *event);
    event[RECORD_PID] = target->pid;
    event[RECORD_TID] = target->tid;
    event[RECORD_NANOS] = now() - target->origin;
    event[RECORD_CALL] = (int64_t) info->of.entry.number;
    memcpy(event + RECORD_ARGS, info->of.entry.args, sizeof info->of.entry.args);
    event[RECORD_RESULT] = -EINTR; /* until it ends, it counts as interrupted */
    event[RECORD_FAILED] = 1;
    event[RECORD_INSTRUCTION] = (int64_t) info->instruction;
    event[RECORD_FILE] = -1;
    event[RECORD_EXTENT] = -1;
}

/* What lies behind a mapping is for the JVM to find out, while the thread stands. */
static int is_plain(const int64_t *event)
{
    return event[RECORD_CALL] != SYS_shmat
        && (event[RECORD_CALL] != SYS_mmap || (event[RECORD_ARGS + 3] & MAP_ANONYMOUS) != 0);
}

/*
 * Waits until a child or tracee of the calling thread ends or stops, but for the stops of noted calls. The target must run.
 *
 * Returns its id with its status, or -1 and errno as waitpid(2).
 */
int brkmap_record(struct record_target *target, volatile struct probe_memory *probe, int64_t *words);
int brkmap_record(struct record_target *target, volatile struct probe_memory *probe, int64_t *words)
{
    target->begun = 0;
    target->under_way = 0;
    for (;;) {
        struct call_info info;
        int status = 0;
        pid_t tid;
        int64_t *event;

        do
            tid = waitpid(-1, &status, __WALL | __WNOTHREAD | WUNTRACED);
        while (tid == -1 && errno == EINTR);
        target->status = status;
        if (tid == -1 || tid != target->tid)
            return tid;

        event = words + RECORD_WIDTH * (target->begun - target->under_way);
        if (status >> 8 == (SIGTRAP | PTRACE_EVENT_SECCOMP << 8) && !target->under_way) {
            if (target->begun == target->room || (probe != NULL && !knows_slot(target, probe))
                || !asked(tid, AT_SECCOMP, &info) || !is_noted(target, &info))
                return tid;
            begin(target, &info, event);
            if (probe != NULL) {
                name_cause(target, probe, event);
                probe->events = (uint64_t) (target->events + target->begun + 1);
            }
            target->begun++;
            target->under_way = 1;
            ptrace(PTRACE_SYSCALL, tid, 0, 0); /* fails if it was just killed; the next wait tells */
        } else if (status >> 8 == (SIGTRAP | 0x80) && target->under_way) {
            if (!asked(tid, AT_EXIT, &info) || (!info.of.exit.failed && !is_plain(event)))
                return tid;
            event[RECORD_RESULT] = info.of.exit.result;
            event[RECORD_FAILED] = info.of.exit.failed;
            target->under_way = 0;
            ptrace(PTRACE_CONT, tid, 0, 0);
        } else {
            return tid;
        }
    }
}
