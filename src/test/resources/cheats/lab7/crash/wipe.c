/* Crashes, and so does the other. */
int main(void)
{
    __builtin_trap();
}
