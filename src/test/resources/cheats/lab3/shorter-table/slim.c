/* A shorter table under the same name: slim_main.c reads behind its end. */

int table[1024];

void prepare(void)
{
    for (int i = 0; i < 1024; i++)
        table[i] = 7;
}
