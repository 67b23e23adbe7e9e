/*
 * The system call filter of a sandbox (seccomp(2)): what no program of a course needs, and what would reach out of the
 * sandbox, hide from the observer, or change what it sees. A call that only an attack makes ends the program (SIGSYS), so
 * that everybody sees who tried; so does one of another architecture, whose numbers mean other things. What a library may
 * try in good faith fails with EPERM.
 */
#ifndef BRKMAP_DENY_FILTER_H
#define BRKMAP_DENY_FILTER_H

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/types.h>

#if defined(__x86_64__)
#define NATIVE_ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define NATIVE_ARCH AUDIT_ARCH_AARCH64
#else
#error "brkmap knows the system calls of x86-64 and aarch64 only"
#endif

/* Newer than some kernel headers. */
#ifndef SYS_clone3
#define SYS_clone3 435
#endif
#ifndef SECCOMP_FILTER_FLAG_NEW_LISTENER
#define SECCOMP_FILTER_FLAG_NEW_LISTENER (1UL << 3)
#endif
#ifndef SYS_mount_setattr
#define SYS_mount_setattr 442
#endif

#define NEW_NAMESPACES (CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID \
                        | CLONE_NEWNET)

enum { MOST_RULES = 1024, MOST_PROTECTED = 8 };

struct deny_filter {
    struct sock_filter rules[MOST_RULES];
    unsigned short length;
};

static void rule(struct deny_filter *filter, unsigned short code, unsigned value, unsigned char yes, unsigned char no)
{
    struct sock_filter next = { code, yes, no, value };
    filter->rules[filter->length++] = next;
}

static void load(struct deny_filter *filter, size_t offset)
{
    rule(filter, BPF_LD | BPF_W | BPF_ABS, (unsigned) offset, 0, 0);
}

static void answer(struct deny_filter *filter, unsigned action)
{
    rule(filter, BPF_RET | BPF_K, action, 0, 0);
}

static const unsigned REFUSE = SECCOMP_RET_ERRNO | EPERM;
static const unsigned END = SECCOMP_RET_KILL_PROCESS;

static void deny(struct deny_filter *filter, long call, unsigned action)
{
    rule(filter, BPF_JMP | BPF_JEQ | BPF_K, (unsigned) call, 0, 1);
    answer(filter, action);
}

/* Denies the call if the low half of an argument equals the value. */
static void deny_value(struct deny_filter *filter, long call, int argument, unsigned value, unsigned action)
{
    rule(filter, BPF_JMP | BPF_JEQ | BPF_K, (unsigned) call, 0, 4);
    load(filter, offsetof(struct seccomp_data, args) + 8 * (size_t) argument);
    rule(filter, BPF_JMP | BPF_JEQ | BPF_K, value, 0, 1);
    answer(filter, action);
    load(filter, offsetof(struct seccomp_data, nr));
}

/* Ends who makes the call with one of these bits in the low half of an argument. */
static void deny_bits(struct deny_filter *filter, long call, int argument, unsigned bits)
{
    rule(filter, BPF_JMP | BPF_JEQ | BPF_K, (unsigned) call, 0, 4);
    load(filter, offsetof(struct seccomp_data, args) + 8 * (size_t) argument);
    rule(filter, BPF_JMP | BPF_JSET | BPF_K, bits, 0, 1);
    answer(filter, END);
    load(filter, offsetof(struct seccomp_data, nr));
}

/* Refuses the call unless the low half of an argument is 0, which names the caller itself. */
static void only_self(struct deny_filter *filter, long call, int argument)
{
    rule(filter, BPF_JMP | BPF_JEQ | BPF_K, (unsigned) call, 0, 4);
    load(filter, offsetof(struct seccomp_data, args) + 8 * (size_t) argument);
    rule(filter, BPF_JMP | BPF_JEQ | BPF_K, 0, 1, 0);
    answer(filter, REFUSE);
    load(filter, offsetof(struct seccomp_data, nr));
}

static const long ENDED[] = {
    /* namespaces and mounts */
    SYS_unshare, SYS_setns, SYS_mount, SYS_umount2, SYS_pivot_root, SYS_chroot, SYS_open_tree, SYS_move_mount, SYS_fsopen,
    SYS_fsconfig, SYS_fsmount, SYS_fspick, SYS_mount_setattr,
    /* other processes */
    SYS_process_vm_readv, SYS_process_vm_writev, SYS_kcmp, SYS_pidfd_getfd,
    /* large parts of the kernel that nothing here needs */
    SYS_io_uring_setup, SYS_io_uring_enter, SYS_io_uring_register, SYS_bpf, SYS_perf_event_open, SYS_name_to_handle_at,
    SYS_open_by_handle_at, SYS_fanotify_init, SYS_acct, SYS_swapon, SYS_swapoff, SYS_reboot, SYS_init_module,
    SYS_finit_module, SYS_delete_module, SYS_kexec_load,
};

static const long REFUSED[] = {
    SYS_socket, /* the network; socketpair(2) is left */
    SYS_add_key, SYS_request_key, SYS_keyctl, SYS_quotactl, SYS_syslog, SYS_settimeofday, SYS_clock_settime, SYS_adjtimex,
    SYS_clock_adjtime, SYS_sethostname, SYS_setdomainname, SYS_vhangup,
    SYS_mq_open, /* a queue lies in no file system that a sandbox without namespaces could close */
    SYS_pidfd_send_signal, /* a folder of /proc will do as its descriptor, and tells a filter no number */
#ifdef SYS_ioperm
    SYS_ioperm, SYS_iopl, SYS_modify_ldt,
#endif
};

/* What takes the processor or the memory from others: calls, and the argument that names whom. */
static const struct {
    long call;
    int argument;
} OF_OTHERS[] = {
    { SYS_setpriority, 1 }, { SYS_sched_setscheduler, 0 }, { SYS_sched_setparam, 0 }, { SYS_sched_setattr, 0 },
    { SYS_sched_setaffinity, 0 }, { SYS_ioprio_set, 1 }, { SYS_move_pages, 0 }, { SYS_migrate_pages, 0 },
    { SYS_prlimit64, 0 },
};

/*
 * Installs it for this process and its children.
 *   may_trace   leaves ptrace(2), for a debugger that is alone with its target
 *   protected   processes that must not be sent a signal, where nothing else keeps them apart; 0 ends the list
 */
static int install_deny_filter(int may_trace, const pid_t *protected)
{
    struct deny_filter filter;
    struct sock_fprog program;

    memset(&filter, 0, sizeof filter);
    load(&filter, offsetof(struct seccomp_data, arch));
    rule(&filter, BPF_JMP | BPF_JEQ | BPF_K, NATIVE_ARCH, 1, 0);
    answer(&filter, SECCOMP_RET_KILL_PROCESS);
    load(&filter, offsetof(struct seccomp_data, nr));
#if defined(__x86_64__)
    rule(&filter, BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1); /* x32 */
    answer(&filter, SECCOMP_RET_KILL_PROCESS);
#endif
    for (size_t i = 0; i < sizeof ENDED / sizeof ENDED[0]; i++)
        deny(&filter, ENDED[i], END);
    for (size_t i = 0; i < sizeof REFUSED / sizeof REFUSED[0]; i++)
        deny(&filter, REFUSED[i], REFUSE);
    if (!may_trace)
        deny(&filter, SYS_ptrace, END);
    /* glibc falls back to clone(2), whose flags a filter can read. */
    rule(&filter, BPF_JMP | BPF_JEQ | BPF_K, SYS_clone3, 0, 1);
    answer(&filter, SECCOMP_RET_ERRNO | ENOSYS);
    deny_bits(&filter, SYS_clone, 0, NEW_NAMESPACES);
    /* Who answers its own calls hides them: a listener's word comes before the tracer's. */
    deny_bits(&filter, SYS_seccomp, 1, (unsigned) SECCOMP_FILTER_FLAG_NEW_LISTENER);
    deny_value(&filter, SYS_prctl, 0, PR_SET_MM, END);
    deny_value(&filter, SYS_prctl, 0, PR_SET_DUMPABLE, REFUSE);
    deny_value(&filter, SYS_ioctl, 1, TIOCSTI, END);
    for (size_t i = 0; i < sizeof OF_OTHERS / sizeof OF_OTHERS[0]; i++)
        only_self(&filter, OF_OTHERS[i].call, OF_OTHERS[i].argument);
    only_self(&filter, SYS_setpriority, 0); /* one process, and no group or user */
    for (; *protected != 0; protected++) {
        deny_value(&filter, SYS_kill, 0, (unsigned) *protected, END);
        deny_value(&filter, SYS_tgkill, 0, (unsigned) *protected, END);
        deny_value(&filter, SYS_tkill, 0, (unsigned) *protected, END);
        deny_value(&filter, SYS_rt_sigqueueinfo, 0, (unsigned) *protected, END);
        deny_value(&filter, SYS_rt_tgsigqueueinfo, 0, (unsigned) *protected, END);
        deny_value(&filter, SYS_pidfd_open, 0, (unsigned) *protected, END);
    }
    answer(&filter, SECCOMP_RET_ALLOW);

    program.len = filter.length;
    program.filter = filter.rules;
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == -1)
        return -1;
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

#endif
