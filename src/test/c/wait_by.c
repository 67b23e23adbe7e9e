/* wait_by: wait for a line of the terminal by the call that is named, read it, and print it.

   Usage: wait_by read | readv | select | pselect | poll | ppoll | epoll | epoll_p | dup | tty | twice */
#define _GNU_SOURCE
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/uio.h>
#include <unistd.h>

#include "die.h"

static int wait_for(const char *how, int fd)
{
    fd_set set;
    struct pollfd entry = {.fd = fd, .events = POLLIN};
    FD_ZERO(&set);
    FD_SET(fd, &set);
    if (strcmp(how, "select") == 0)
        return select(fd + 1, &set, NULL, NULL, NULL);
    if (strcmp(how, "pselect") == 0)
        return pselect(fd + 1, &set, NULL, NULL, &(struct timespec){.tv_sec = 600}, NULL);
    if (strcmp(how, "poll") == 0)
        return poll(&entry, 1, 600000);
    if (strcmp(how, "ppoll") == 0)
        return ppoll(&entry, 1, NULL, NULL);
    if (strncmp(how, "epoll", 5) == 0) {
        struct epoll_event event = {.events = EPOLLIN};
        int epoll = epoll_create1(0);
        if (epoll == -1 || epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) == -1)
            die("epoll");
        return how[5] == '\0' ? epoll_wait(epoll, &event, 1, -1) : epoll_pwait(epoll, &event, 1, 600000, NULL);
    }
    return 1;
}

int main(int argc, char *argv[])
{
    char text[100];
    if (argc != 2)
        usage("CALL");
    int fd = STDIN_FILENO;
    if (strcmp(argv[1], "dup") == 0 && (fd = dup2(STDIN_FILENO, 77)) == -1)
        die("dup2");
    if (strcmp(argv[1], "tty") == 0 && (fd = open("/dev/tty", O_RDONLY)) == -1)
        die("open /dev/tty");

    printf("how about %s?", argv[1]);
    fflush(stdout);
    if (wait_for(argv[1], fd) != 1)
        die("%s", argv[1]);
    ssize_t length;
    if (strcmp(argv[1], "readv") == 0)
        length = readv(fd, &(struct iovec){text, sizeof text}, 1);
    else if (strcmp(argv[1], "twice") == 0) {
        length = read(fd, text, 2);
        length += read(fd, text + 2, sizeof text - 2);
    } else
        length = read(fd, text, sizeof text);
    if (length == -1)
        die("read");
    printf("it was %.*s", (int) length, text);
    return 0;
}
