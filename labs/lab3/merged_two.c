/* merged_two: the other one; it thinks that the array is longer. */
char shared[TWO];
int other_file(void);

int other_file(void)
{
    shared[TWO - 1] = 1;
    return shared[0];
}
