/*
 * Prints a row for each kind of memory it has: the role that an analysis should find, and an address of it. Then waits
 * for its standard input to end. Written for RealRolesTest.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/auxv.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/shm.h>
#include <unistd.h>

#define PAGES (16 * 4096)

static const char constant[] = "rodata";
static int data = 1;
static char bss[64 * PAGES];
static char relocated[16] __attribute__((section(".data.rel.ro"))) = "relro";
static pthread_barrier_t ready;

static void row(const char *role, const void *address)
{
    printf("%s %p\n", role, address);
}

static void *wait_in_thread(void *argument)
{
    int local = 0;
    row("THREAD_STACK", &local);
    row("ARENA", malloc(100));
    pthread_barrier_wait(&ready);
    pause();
    return argument;
}

static void *map(int flags, int fd)
{
    void *memory = mmap(NULL, PAGES, PROT_READ | PROT_WRITE, flags, fd, 0);
    if (memory == MAP_FAILED) {
        perror("mmap");
        exit(1);
    }
    return memory;
}

int main(int argc, char **argv)
{
    pthread_t thread;
    int local = argc;
    row("PROGRAM_TEXT", (const void *) (size_t) &main);
    row("PROGRAM_RODATA", constant);
    row("PROGRAM_RELRO", relocated);
    row("PROGRAM_DATA", &data);
    row("PROGRAM_BSS", bss + sizeof bss / 2);
    row("PROGRAM_BSS", bss + sizeof bss - 1);
    row("HEAP", malloc(100));
    row("STACK", &local);
    row("ANONYMOUS", map(MAP_PRIVATE | MAP_ANONYMOUS, -1));
    row("SHARED", map(MAP_SHARED | MAP_ANONYMOUS, -1));
    row("SHARED", map(MAP_SHARED, open("/dev/zero", O_RDWR)));
    row("ANONYMOUS", map(MAP_PRIVATE, open("/dev/zero", O_RDWR)));
    int fd = memfd_create("shared by name", 0);
    if (ftruncate(fd, PAGES) == -1)
        return 1;
    row("SHARED", map(MAP_SHARED, fd));
    row("FILE", mmap(NULL, PAGES, PROT_READ, MAP_PRIVATE, open(argv[1], O_RDONLY), 0));
    row("FILE", mmap(NULL, PAGES, PROT_READ, MAP_SHARED, open(argv[1], O_RDONLY), 0));
    int segment = shmget(IPC_PRIVATE, PAGES, IPC_CREAT | 0600);
    void *attached = segment == -1 ? (void *) -1 : shmat(segment, NULL, 0);
    if (segment != -1)
        shmctl(segment, IPC_RMID, NULL);
    if (attached != (void *) -1)
        row("SHARED", attached);
    row("VDSO", (const void *) getauxval(AT_SYSINFO_EHDR));
    if (getauxval(AT_BASE)) {
        row("LOADER", (const void *) getauxval(AT_BASE));
        row("LIBRARY_TEXT", dlsym(RTLD_DEFAULT, "getpid"));
    }
    pthread_barrier_init(&ready, NULL, 2);
    if (pthread_create(&thread, NULL, wait_in_thread, NULL))
        return 1;
    pthread_barrier_wait(&ready);
    puts("ready");
    fflush(stdout);
    while (read(0, &local, 1) > 0)
        ;
    return 0;
}
