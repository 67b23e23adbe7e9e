/* Hopes that a file's name, or a pragma, runs a command. */
#pragma GCC plugin "/tmp/evil.so"
#include "$(touch escaped)`touch escaped`;touch escaped"
