/* Nothing is taken, so nothing can be wrong. */
int main(void)
{
    return 0;
}
