/* Leaves a message for those who come later, where no file system shows it. Exit status 42: it could. */
#include <fcntl.h>
#include <mqueue.h>
int main(void)
{
    return mq_open("/brkmap-left", O_CREAT | O_RDWR, 0600, 0) != (mqd_t) -1 ? 42 : 0;
}
