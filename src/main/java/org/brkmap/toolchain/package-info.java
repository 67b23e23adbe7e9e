/** Finds and runs gcc, make and the binutils, with limits, and says clearly what is missing. */
@NullMarked
package org.brkmap.toolchain;

import org.jspecify.annotations.NullMarked;
