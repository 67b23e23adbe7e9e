/* stubborn: ignore every polite request to end, print a line, and do what is named for ever.

   Usage: stubborn sleep | read | spin | exit CODE | hold BYTES */
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "die.h"

int main(int argc, char *argv[])
{
    char text[100];
    volatile unsigned long turns = 0;
    const char *how = argc > 1 ? argv[1] : "";
    signal(SIGHUP, SIG_IGN);
    signal(SIGTERM, SIG_IGN);
    signal(SIGINT, SIG_IGN);
    if (strcmp(how, "exit") == 0)
        return atoi(argv[2]);
    if (strcmp(how, "hold") == 0) {
        char *memory = malloc(strtoul(argv[2], NULL, 10));
        printf("%s\n", memory == NULL ? error_name(errno) : "there was room");
        return 0;
    }
    printf("pid %d\n", getpid());
    fflush(stdout);
    for (;;) {
        if (strcmp(how, "sleep") == 0)
            sleep(1000);
        else if (strcmp(how, "read") == 0) {
            if (read(STDIN_FILENO, text, sizeof text) == -1)
                turns++;
        } else
            turns++;
    }
}
