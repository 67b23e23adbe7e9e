/* Never reads the secret. */
#include "../../sample-c/common/checkpoint.h"
#include "../../sample-c/common/point.h"

int main(void)
{
    char secret[128] = "a secret, said the file";

    point_at(1, secret);
    checkpoint("in use");
    checkpoint("wiped");
    return 0;
}
