/* die.h: what a program says when it cannot go on.

   die("open %s", path)   prints "program: open in.dat: ENOENT: No such file or directory" and exits with 1.
                          The first part is yours, in printf's manner; the rest is errno, by name and in words.
   fail("%s is empty", f) prints "program: in.dat is empty" and exits with 1: for what errno does not describe.
   usage("[SECONDS]")     prints "usage: program [SECONDS]" and exits with 2.
   number("SECONDS", text, low, high)
                          is the whole of text as a number (decimal), or an explanation and exit 2.

   All of them write to standard error; exit(3) flushes what the program printed before. */
#ifndef BRKMAP_DIE_H
#define BRKMAP_DIE_H

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The C library sets it to argv[0] without its folders; its headers declare it only where _GNU_SOURCE is defined. */
extern char *program_invocation_short_name;

/* The errors that the samples can meet; strerrorname_np(3) knows them all, but not in every C library. */
static inline const char *error_name(int number)
{
    static const struct {
        int number;
        const char *name;
    } names[] = {
        {EACCES, "EACCES"}, {EAGAIN, "EAGAIN"}, {EBADF, "EBADF"}, {EBUSY, "EBUSY"}, {ECHILD, "ECHILD"},
        {EEXIST, "EEXIST"}, {EFAULT, "EFAULT"}, {EFBIG, "EFBIG"}, {EINTR, "EINTR"}, {EINVAL, "EINVAL"}, {EIO, "EIO"},
        {EISDIR, "EISDIR"}, {ELOOP, "ELOOP"}, {EMFILE, "EMFILE"}, {ENAMETOOLONG, "ENAMETOOLONG"}, {ENFILE, "ENFILE"},
        {ENODEV, "ENODEV"}, {ENOENT, "ENOENT"}, {ENOMEM, "ENOMEM"}, {ENOSPC, "ENOSPC"}, {ENOSYS, "ENOSYS"},
        {ENOTDIR, "ENOTDIR"}, {ENXIO, "ENXIO"}, {EOPNOTSUPP, "EOPNOTSUPP"}, {EOVERFLOW, "EOVERFLOW"},
        {EPERM, "EPERM"}, {EPIPE, "EPIPE"}, {ERANGE, "ERANGE"}, {EROFS, "EROFS"}, {ESPIPE, "ESPIPE"},
        {ESRCH, "ESRCH"}, {ETXTBSY, "ETXTBSY"},
    };

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (names[i].number == number)
            return names[i].name;
    return "an unlisted error";
}

static inline void __attribute__((noreturn, format(printf, 1, 2))) die(const char *what, ...)
{
    int error = errno;
    va_list arguments;

    fprintf(stderr, "%s: ", program_invocation_short_name);
    va_start(arguments, what);
    vfprintf(stderr, what, arguments);
    va_end(arguments);
    fprintf(stderr, ": %s: %s\n", error_name(error), strerror(error));
    exit(EXIT_FAILURE);
}

static inline void __attribute__((noreturn, format(printf, 1, 2))) fail(const char *what, ...)
{
    va_list arguments;

    fprintf(stderr, "%s: ", program_invocation_short_name);
    va_start(arguments, what);
    vfprintf(stderr, what, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    exit(EXIT_FAILURE);
}

static inline void __attribute__((noreturn)) usage(const char *arguments)
{
    fprintf(stderr, "usage: %s %s\n", program_invocation_short_name, arguments);
    exit(2);
}

static inline long number(const char *what, const char *text, long low, long high)
{
    char *end;

    errno = 0;
    long value = strtol(text, &end, 10);
    if (end == text || *end != '\0' || errno != 0 || value < low || value > high) {
        fprintf(stderr, "%s: %s must be a number from %ld to %ld, not '%s'\n", program_invocation_short_name, what, low,
                high, text);
        exit(2);
    }
    return value;
}

#endif
