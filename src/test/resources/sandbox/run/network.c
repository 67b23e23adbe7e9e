/* Opens a connection to the machine itself, by each family it may try. Exit status 42: it had a socket. */
#include <netinet/in.h>
#include <sys/socket.h>
int main(void)
{
    int families[] = { AF_INET, AF_INET6, AF_NETLINK, AF_UNIX, AF_PACKET };
    for (int i = 0; i < 5; i++)
        if (socket(families[i], SOCK_DGRAM, 0) != -1)
            return 42;
    return 0;
}
