/** Native calls through JNA: processes, ptrace, terminals and a few ioctls. No other package calls native code. */
@NullMarked
package org.brkmap.libc;

import org.jspecify.annotations.NullMarked;
