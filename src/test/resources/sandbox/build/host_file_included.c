/* Has the compiler quote a file of the host in its complaints. */
#include "/etc/passwd"
