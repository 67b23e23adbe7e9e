/* Waits for somebody to type the rest. */
#include "/dev/stdin"
#include "/dev/tty"
