/* Says that it is a file of the host, so that the compiler quotes that one's lines. */
#line 1 "/etc/passwd"
int main(void) { return nothing; }
