/* one_thread: start a thread, be looked at while it waits, and let it end.

   Usage: one_thread */
#include <pthread.h>

#include "checkpoint.h"
#include "die.h"

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;

static void *wait_at_the_gate(void *none)
{
    pthread_mutex_lock(&gate);
    pthread_mutex_unlock(&gate);
    return none;
}

int main(void)
{
    pthread_t thread;

    pthread_mutex_lock(&gate);
    checkpoint("one");
    if ((errno = pthread_create(&thread, NULL, wait_at_the_gate, NULL)) != 0)
        die("pthread_create");
    checkpoint("two");
    pthread_mutex_unlock(&gate);
    pthread_join(thread, NULL);
    return 0;
}
