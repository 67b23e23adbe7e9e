/* Has dd do it, or gdb. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int argc, char *argv[])
{
    char command[4096];

    for (int i = 2; i + 1 < argc; i += 2) {
        snprintf(command, sizeof command,
                 "r=$(grep -F '%s' /proc/%s/maps); s=$((0x${r%%%%-*})); e=${r#*-}; e=$((0x${e%%%% *}));"
                 "dd bs=4096 if=/proc/%s/mem skip=$((s / 4096)) count=$(((e - s) / 4096)) of='%s' 2> /dev/null",
                 argv[i], argv[1], argv[1], argv[i + 1]);
        if (system(command) != 0)
            fprintf(stderr, "no shell, no dd\n");
    }
    return 0;
}
