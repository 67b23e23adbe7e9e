/*
 * probe: says which call of the program stands behind a system call.
 *
 * Preloaded (ld.so(8)) into the program under observation, it wraps the functions that ask for memory. While one runs,
 * the thread's slot in memory shared with the tracer holds its name, its size and the place in the program that called;
 * the tracer, which stops the thread at each system call, reads it there. Finished calls of the malloc family go to a
 * log as well.
 *
 * The probe must not change what it helps to see: it never allocates, never prints, keeps errno, and passes every call
 * on unchanged. Without its shared memory (BRKMAP_PROBE names it) it only passes calls on.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <pthread.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/shm.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <unwind.h>

#include "probe_layout.h"

#define EXPORT __attribute__((visibility("default")))
#define CALLER ((uintptr_t) __builtin_return_address(0))
/* Far from where the kernel maps by itself, or the program's first mapping would have us for a neighbour. Only a wish. */
#define PLACE ((void *) 0x200000000000)
#define UNWIND_LIMIT 32 /* frames; deeper callers are not worth the time */

static struct probe_memory *shared;
static uintptr_t program_start, program_end; /* the executable's code */
static __thread struct probe_slot *slot;
static __thread int slotless; /* the table was full: do not ask again */

/* The functions of the same name that come after ours. */
static struct {
    void *(*malloc)(size_t);
    void *(*calloc)(size_t, size_t);
    void *(*realloc)(void *, size_t);
    void *(*reallocarray)(void *, size_t, size_t);
    void (*free)(void *);
    void *(*memalign)(size_t, size_t);
    void *(*aligned_alloc)(size_t, size_t);
    int (*posix_memalign)(void **, size_t, size_t);
    void *(*valloc)(size_t);
    void *(*pvalloc)(size_t);
    int (*malloc_trim)(size_t);
    void *(*sbrk)(intptr_t);
    int (*brk)(void *);
    void *(*mmap)(void *, size_t, int, int, int, off_t);
    int (*munmap)(void *, size_t);
    void *(*mremap)(void *, size_t, size_t, int, ...);
    int (*mprotect)(void *, size_t, int);
    int (*madvise)(void *, size_t, int);
    void *(*shmat)(int, const void *, int);
    int (*shmdt)(const void *);
    int (*pthread_create)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
    void *(*dlopen)(const char *, int);
    int (*dlclose)(void *);
    void (*abort)(void) __attribute__((noreturn));
    void (*__assert_fail)(const char *, const char *, unsigned, const char *) __attribute__((noreturn));
} next;

#define RESOLVE(name) next.name = (__typeof__(next.name)) dlsym(RTLD_NEXT, #name)

static void resolve(void)
{
    static int resolving;
    if (resolving)
        return;
    resolving = 1;
    RESOLVE(malloc);
    RESOLVE(calloc);
    RESOLVE(realloc);
    RESOLVE(reallocarray);
    RESOLVE(free);
    RESOLVE(memalign);
    RESOLVE(aligned_alloc);
    RESOLVE(posix_memalign);
    RESOLVE(valloc);
    RESOLVE(pvalloc);
    RESOLVE(malloc_trim);
    RESOLVE(sbrk);
    RESOLVE(brk);
    RESOLVE(mmap);
    RESOLVE(munmap);
    RESOLVE(mremap);
    RESOLVE(mprotect);
    RESOLVE(madvise);
    RESOLVE(shmat);
    RESOLVE(shmdt);
    RESOLVE(pthread_create);
    RESOLVE(dlopen);
    RESOLVE(dlclose);
    RESOLVE(abort);
    RESOLVE(__assert_fail);
    dlerror(); /* what another libc does not have is no error of the program's */
}

/*
 * Serves what dlsym itself may ask for while the real functions are looked up; never given back. Small, so that .bss
 * ends in the last page of .data: an anonymous page of the probe's could merge with one of the program's.
 */
static void *early_memory(size_t size)
{
    static _Alignas(max_align_t) char memory[2048];
    static size_t used;
    size_t start = used;
    size = (size + sizeof(max_align_t) - 1) / sizeof(max_align_t) * sizeof(max_align_t);
    if (size > sizeof memory - start)
        return NULL;
    used = start + size;
    return memory + start;
}

/* libgcc's unwinder asks glibc by this name; the copy of it in the probe asks here. Unanswered, it finds no frame. */
struct dl_find_object;
int _dl_find_object(void *address, struct dl_find_object *found);
static int (*find_object)(void *, struct dl_find_object *);
__attribute__((visibility("hidden"))) int _dl_find_object(void *address, struct dl_find_object *found)
{
    return find_object ? find_object(address, found) : -1;
}

/*
 * What glibc has and musl lacks, or the reverse, is looked up and not linked: the probe must load into programs of either,
 * for a preloaded library that does not load ends a program before it starts. Never look in vain in glibc: it allocates
 * the message of the error.
 */
static void after_fork(void (*in_child)(void))
{
    int (*of_glibc)(void (*)(void), void (*)(void), void (*)(void), void *);
    int (*of_musl)(void (*)(void), void (*)(void), void (*)(void));
    of_glibc = (__typeof__(of_glibc)) dlsym(RTLD_DEFAULT, "__register_atfork");
    if (of_glibc) {
        of_glibc(NULL, NULL, in_child, NULL);
        find_object = (__typeof__(find_object)) dlsym(RTLD_DEFAULT, "_dl_find_object");
        return;
    }
    of_musl = (__typeof__(of_musl)) dlsym(RTLD_DEFAULT, "pthread_atfork");
    if (of_musl)
        of_musl(NULL, NULL, in_child);
}

/* Between the calls of one program a slot lasts as long as its thread; after fork the child's thread needs its own. */
static void forget_slot(void)
{
    slot = NULL;
    slotless = 0;
}

static int find_code(struct dl_phdr_info *info, size_t size, void *data)
{
    (void) size;
    (void) data;
    for (int i = 0; i < info->dlpi_phnum; i++)
        if (info->dlpi_phdr[i].p_type == PT_LOAD && info->dlpi_phdr[i].p_flags & PF_X) {
            program_start = info->dlpi_addr + info->dlpi_phdr[i].p_vaddr;
            program_end = program_start + info->dlpi_phdr[i].p_memsz;
        }
    return 1; /* the first object is the program: that is all we want */
}

/* Maps the memory that the tracer named. Another library's constructor may call before ours runs, so the first call does. */
static void start(void)
{
    static int done;
    if (done || !environ)
        return; /* while the loader still works, the C library has no environment yet */
    done = 1;
    resolve();
    const char *path = getenv("BRKMAP_PROBE");
    if (!path)
        return;
    int saved_errno = errno;
    int fd = open(path, O_RDWR | O_CLOEXEC);
    if (fd != -1) {
        struct probe_memory *memory =
            (void *) syscall(SYS_mmap, PLACE, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED, fd, (off_t) 0);
        if (memory != MAP_FAILED && memory->magic == PROBE_MAGIC && memory->version == PROBE_VERSION) {
            dl_iterate_phdr(find_code, NULL);
            after_fork(forget_slot);
            shared = memory;
        }
        close(fd);
    }
    errno = saved_errno;
}

__attribute__((constructor)) static void start_at_the_latest(void)
{
    start();
}

static struct probe_slot *take_slot(void)
{
    if (!shared)
        start();
    if (slotless || !shared)
        return NULL;
    uint32_t index = __atomic_fetch_add(&shared->slots_taken, 1, __ATOMIC_RELAXED);
    if (index >= PROBE_SLOTS) {
        slotless = 1;
        return NULL;
    }
    slot = &shared->slots[index];
    slot->pid = (uint32_t) getpid();
    __atomic_store_n(&slot->tid, (uint32_t) syscall(SYS_gettid), __ATOMIC_RELEASE);
    return slot;
}

static int in_program(uintptr_t address)
{
    return address > program_start && address <= program_end;
}

struct search {
    uintptr_t found;
    int frames;
};

static _Unwind_Reason_Code look(struct _Unwind_Context *context, void *data)
{
    struct search *search = data;
    uintptr_t address = _Unwind_GetIP(context);
    if (in_program(address)) {
        search->found = address;
        return _URC_END_OF_STACK;
    }
    return ++search->frames < UNWIND_LIMIT ? _URC_NO_REASON : _URC_END_OF_STACK;
}

/* The place in the program behind a call: its caller, or the nearest frame of the program above a library. */
static uintptr_t site_of(uintptr_t caller)
{
    if (in_program(caller) || program_start == 0)
        return caller;
    struct search search = { 0, 0 };
    _Unwind_Backtrace(look, &search);
    return search.found;
}

static struct probe_slot *enter(enum probe_operation operation, size_t size, const void *pointer, uintptr_t caller)
{
    struct probe_slot *mine = slot ? slot : take_slot();
    if (!mine)
        return NULL;
    if (mine->depth == 0) {
        mine->operation = (uint32_t) operation;
        mine->size = size;
        mine->pointer = (uintptr_t) pointer;
        mine->depth = 1; /* before unwinding: that may come back here */
        mine->site = in_program(caller) ? caller : site_of(caller);
    } else {
        mine->depth++;
    }
    return mine;
}

static void leave(struct probe_slot *mine)
{
    if (mine)
        mine->depth--;
}

static void leave_and_log(struct probe_slot *mine, enum probe_operation operation, size_t size, const void *pointer,
                          const void *result, uintptr_t caller)
{
    if (!mine)
        return;
    uint64_t index = __atomic_fetch_add(&shared->calls_logged, 1, __ATOMIC_RELAXED);
    if (index < PROBE_LOG_ENTRIES) {
        struct probe_call *call = &shared->log[index];
        call->tid = mine->tid;
        call->pid = mine->pid;
        call->operation = (uint32_t) operation;
        call->size = size;
        call->pointer = (uintptr_t) pointer;
        call->result = (uintptr_t) result;
        call->site = mine->depth == 1 ? mine->site : caller;
        call->events = shared->events;
        __atomic_store_n(&call->serial, index + 1, __ATOMIC_RELEASE);
    }
    mine->depth--;
}

/* ---- the malloc family ---- */

#define ALLOCATE(operation, counter, bytes, old, expression)                                                           \
    do {                                                                                                               \
        uintptr_t caller = CALLER;                                                                                     \
        size_t asked = (bytes);                                                                                        \
        const void *given = (old);                                                                                     \
        struct probe_slot *mine = enter(PROBE_##operation, asked, given, caller);                                      \
        if (mine) {                                                                                                    \
            mine->counter++;                                                                                           \
            mine->bytes_requested += asked;                                                                            \
        }                                                                                                              \
        void *result = (expression);                                                                                   \
        leave_and_log(mine, PROBE_##operation, asked, given, result, caller);                                          \
        return result;                                                                                                 \
    } while (0)

EXPORT void *malloc(size_t size)
{
    if (!next.malloc) {
        resolve();
        if (!next.malloc)
            return early_memory(size);
    }
    ALLOCATE(malloc, mallocs, size, NULL, next.malloc(size));
}

EXPORT void *calloc(size_t count, size_t size)
{
    if (!next.calloc) {
        resolve();
        if (!next.calloc)
            return early_memory(count * size); /* static memory: zero already */
    }
    ALLOCATE(calloc, callocs, count * size, NULL, next.calloc(count, size));
}

EXPORT void *realloc(void *pointer, size_t size)
{
    if (!next.realloc)
        resolve();
    ALLOCATE(realloc, reallocs, size, pointer, next.realloc(pointer, size));
}

EXPORT void *reallocarray(void *pointer, size_t count, size_t size)
{
    if (!next.reallocarray)
        resolve();
    ALLOCATE(reallocarray, reallocs, count * size, pointer, next.reallocarray(pointer, count, size));
}

EXPORT void *memalign(size_t alignment, size_t size)
{
    if (!next.memalign)
        resolve();
    ALLOCATE(memalign, mallocs, size, NULL, next.memalign(alignment, size));
}

EXPORT void *aligned_alloc(size_t alignment, size_t size)
{
    if (!next.aligned_alloc)
        resolve();
    ALLOCATE(aligned_alloc, mallocs, size, NULL, next.aligned_alloc(alignment, size));
}

EXPORT void *valloc(size_t size)
{
    if (!next.valloc)
        resolve();
    ALLOCATE(valloc, mallocs, size, NULL, next.valloc(size));
}

EXPORT void *pvalloc(size_t size)
{
    if (!next.pvalloc)
        resolve();
    ALLOCATE(pvalloc, mallocs, size, NULL, next.pvalloc(size));
}

EXPORT int posix_memalign(void **where, size_t alignment, size_t size)
{
    if (!next.posix_memalign)
        resolve();
    uintptr_t caller = CALLER;
    struct probe_slot *mine = enter(PROBE_posix_memalign, size, NULL, caller);
    if (mine) {
        mine->mallocs++;
        mine->bytes_requested += size;
    }
    int failed = next.posix_memalign(where, alignment, size);
    leave_and_log(mine, PROBE_posix_memalign, size, NULL, failed ? NULL : *where, caller);
    return failed;
}

EXPORT void free(void *pointer)
{
    if (!next.free) {
        resolve();
        if (!next.free)
            return; /* early memory is never given back */
    }
    uintptr_t caller = CALLER;
    struct probe_slot *mine = pointer ? enter(PROBE_free, 0, pointer, caller) : NULL;
    if (mine)
        mine->frees++;
    next.free(pointer);
    leave_and_log(mine, PROBE_free, 0, pointer, NULL, caller);
}

/* ---- what else changes the address space ---- */

#define PASS_ON(type, operation, bytes, given, expression)                                                             \
    do {                                                                                                               \
        if (!next.operation)                                                                                           \
            resolve();                                                                                                 \
        struct probe_slot *mine = enter(PROBE_##operation, (bytes), (given), CALLER);                                  \
        type result = (expression);                                                                                    \
        leave(mine);                                                                                                   \
        return result;                                                                                                 \
    } while (0)

EXPORT int malloc_trim(size_t pad)
{
    PASS_ON(int, malloc_trim, pad, NULL, next.malloc_trim(pad));
}

EXPORT void *sbrk(intptr_t increment)
{
    PASS_ON(void *, sbrk, (size_t) increment, NULL, next.sbrk(increment));
}

EXPORT int brk(void *address)
{
    PASS_ON(int, brk, 0, address, next.brk(address));
}

EXPORT void *mmap(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
    PASS_ON(void *, mmap, length, address, next.mmap(address, length, protection, flags, fd, offset));
}

EXPORT void *mmap64(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
    PASS_ON(void *, mmap, length, address, next.mmap(address, length, protection, flags, fd, offset));
}

EXPORT int munmap(void *address, size_t length)
{
    PASS_ON(int, munmap, length, address, next.munmap(address, length));
}

EXPORT void *mremap(void *address, size_t old_length, size_t new_length, int flags, ...)
{
    va_list arguments;
    va_start(arguments, flags);
    void *wanted = flags & MREMAP_FIXED ? va_arg(arguments, void *) : NULL;
    va_end(arguments);
    PASS_ON(void *, mremap, new_length, address, next.mremap(address, old_length, new_length, flags, wanted));
}

EXPORT int mprotect(void *address, size_t length, int protection)
{
    PASS_ON(int, mprotect, length, address, next.mprotect(address, length, protection));
}

EXPORT int madvise(void *address, size_t length, int advice)
{
    PASS_ON(int, madvise, length, address, next.madvise(address, length, advice));
}

EXPORT void *shmat(int id, const void *address, int flags)
{
    PASS_ON(void *, shmat, 0, address, next.shmat(id, address, flags));
}

EXPORT int shmdt(const void *address)
{
    PASS_ON(int, shmdt, 0, address, next.shmdt(address));
}

EXPORT int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*routine)(void *), void *argument)
{
    PASS_ON(int, pthread_create, 0, NULL, next.pthread_create(thread, attributes, routine, argument));
}

EXPORT int dlclose(void *handle)
{
    PASS_ON(int, dlclose, 0, NULL, next.dlclose(handle));
}

/*
 * dlopen looks along the run path of its caller, which must stay the program: so we note where it was called and jump
 * there (a sibling call, hence no leave()). The tracer uses the note for what the loader then maps.
 */
EXPORT void *dlopen(const char *file, int mode)
{
    if (!next.dlopen)
        resolve();
    struct probe_slot *mine = slot ? slot : take_slot();
    if (mine)
        mine->opener = site_of(CALLER);
    return next.dlopen(file, mode);
}

/* ---- the ends that a program calls for: the tracer tells by them whose fault it was ---- */

EXPORT void abort(void)
{
    if (!next.abort)
        resolve();
    enter(PROBE_abort, 0, NULL, CALLER);
    next.abort();
}

EXPORT void __assert_fail(const char *assertion, const char *file, unsigned line, const char *function)
{
    if (!next.__assert_fail)
        resolve();
    enter(PROBE_assert, 0, NULL, CALLER);
    next.__assert_fail(assertion, file, line, function);
}
