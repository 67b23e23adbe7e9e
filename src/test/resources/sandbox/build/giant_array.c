/* A program of 8 GiB. */
char giant[8UL << 30] = { 1 };
int main(void)
{
    return giant[0];
}
