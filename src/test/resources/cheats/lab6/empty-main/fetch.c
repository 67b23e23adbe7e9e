/* Nothing is done, so nothing can be wrong. */
int main(void)
{
    return 0;
}
