/* output: print in the way that is named, then wait for a line.

   Usage: output much BYTES | bytes | raw | processed | raw_for_ever | stopped */
#include <string.h>
#include <sys/select.h>
#include <termios.h>
#include <unistd.h>

#include "die.h"

static void put(const char *text, size_t length)
{
    while (length > 0) {
        ssize_t count = write(STDOUT_FILENO, text, length);
        if (count == -1)
            die("write");
        text += count;
        length -= (size_t) count;
    }
}

static void set(int input, int output)
{
    struct termios modes;
    if (tcgetattr(STDIN_FILENO, &modes) == -1)
        die("tcgetattr");
    if (input)
        cfmakeraw(&modes);
    if (output)
        modes.c_oflag |= OPOST | ONLCR;
    if (tcsetattr(STDIN_FILENO, TCSANOW, &modes) == -1)
        die("tcsetattr");
}

static ssize_t get(void)
{
    char text[100];
    return read(STDIN_FILENO, text, sizeof text);
}

int main(int argc, char *argv[])
{
    static char text[1 << 20];
    const char *how = argc > 1 ? argv[1] : "";
    if (strcmp(how, "much") == 0) {
        long length = number("BYTES", argv[2], 0, sizeof text);
        memset(text, 'x', (size_t) length);
        put(text, (size_t) length);
        put("\n", 1);
    } else if (strcmp(how, "bytes") == 0) {
        for (int i = 0; i < 256; i++)
            text[i] = (char) i;
        put(text, 256);
        put("\n", 1);
    } else if (strcmp(how, "raw") == 0)
        set(1, 0);
    else if (strcmp(how, "processed") == 0)
        set(0, 1);
    else if (strcmp(how, "raw_for_ever") == 0) {
        set(1, 0);
        for (;;) {
            fd_set ready;
            FD_ZERO(&ready);
            FD_SET(STDIN_FILENO, &ready);
            if (select(1, &ready, NULL, NULL, NULL) == 1)
                get();
        }
    } else if (strcmp(how, "stopped") == 0) {
        put("before", 6);
        if (tcflow(STDOUT_FILENO, TCOOFF) == -1)
            die("tcflow");
        get();
        get();
        get();
        return 0;
    }
    put("ready?", 6);
    get();
    return 0;
}
