/*
 * The rules of a sandbox without namespaces (landlock(7)): which files may be read, which written, no TCP, and no signal
 * and no abstract socket to anybody outside. What an older kernel does not know is left out; abi tells what it knows.
 */
#ifndef BRKMAP_LANDLOCK_RULES_H
#define BRKMAP_LANDLOCK_RULES_H

#include <fcntl.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#define SYS_landlock_add_rule 445
#define SYS_landlock_restrict_self 446
#endif

/* Bits of landlock(7), by themselves because the kernel's headers are often older than the kernel. */
#define FS_EXECUTE (1ULL << 0)
#define FS_WRITE_FILE (1ULL << 1)
#define FS_READ_FILE (1ULL << 2)
#define FS_READ_DIR (1ULL << 3)
#define FS_TRUNCATE (1ULL << 14)
#define FS_IOCTL_DEV (1ULL << 15)
#define FS_ALL_OF_1 ((1ULL << 13) - 1)
#define FS_REFER (1ULL << 13)
#define OF_FILES (FS_EXECUTE | FS_WRITE_FILE | FS_READ_FILE | FS_TRUNCATE | FS_IOCTL_DEV)
#define READING (FS_EXECUTE | FS_READ_FILE | FS_READ_DIR)
#define NET_TCP 3ULL
#define SCOPES 3ULL

struct rules {
    uint64_t fs;
    uint64_t net;
    uint64_t scoped;
};

struct path_rule {
    uint64_t allowed;
    int32_t parent;
} __attribute__((packed));

/* What this kernel knows of landlock: 0 for nothing. */
static int landlock_abi(void)
{
    long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, 1u);
    return abi < 0 ? 0 : (int) abi;
}

/* Begins a set of rules; -1 if it cannot be had. */
static int begin_rules(int abi, uint64_t *handled)
{
    struct rules rules = { FS_ALL_OF_1, 0, 0 };
    size_t size = sizeof rules.fs;

    if (abi >= 2)
        rules.fs |= FS_REFER;
    if (abi >= 3)
        rules.fs |= FS_TRUNCATE;
    if (abi >= 5)
        rules.fs |= FS_IOCTL_DEV;
    if (abi >= 4) {
        rules.net = NET_TCP;
        size = 2 * sizeof rules.fs;
    }
    if (abi >= 6) {
        rules.scoped = SCOPES;
        size = sizeof rules;
    }
    *handled = rules.fs;
    return (int) syscall(SYS_landlock_create_ruleset, &rules, size, 0u);
}

/* Allows a file, or all below a directory; one that is not there needs no rule. */
static int allow(int rules, const char *path, uint64_t rights)
{
    struct path_rule path_rule = { rights, -1 };
    struct stat status;
    int result;

    path_rule.parent = open(path, O_PATH | O_CLOEXEC);
    if (path_rule.parent == -1)
        return 0;
    if (fstat(path_rule.parent, &status) == 0 && !S_ISDIR(status.st_mode))
        path_rule.allowed &= OF_FILES;
    result = (int) syscall(SYS_landlock_add_rule, rules, 1, &path_rule, 0u);
    close(path_rule.parent);
    return result;
}

#endif
