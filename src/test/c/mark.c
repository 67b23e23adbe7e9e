/* mark: explicit checkpoints with awkward labels, one in a thread; errno must stay. */
#include <pthread.h>

#include "checkpoint.h"
#include "die.h"

static char longest[5001];

static void *threaded(void *unused)
{
    checkpoint("in a thread");
    return unused;
}

int main(void)
{
    pthread_t thread;
    errno = 77;
    checkpoint("plain");
    if (errno != 77)
        fail("errno became %d", errno);
    checkpoint("two\nlines <b>&amp;");
    memset(longest, 'x', sizeof longest - 1);
    checkpoint(longest);
    checkpoint("");
    checkpoint("\xff\xfe");
    if (pthread_create(&thread, NULL, threaded, NULL) != 0)
        fail("no thread");
    pthread_join(thread, NULL);
    return 0;
}
