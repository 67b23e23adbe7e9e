/* Takes the tracer's place. Exit status 42: it could. */
#include <sys/ptrace.h>
int main(void)
{
    return ptrace(PTRACE_TRACEME, 0, 0, 0) == 0 ? 42 : 0;
}
