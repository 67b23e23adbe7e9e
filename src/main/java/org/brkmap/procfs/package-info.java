/** Readers and parsers of /proc/PID. The only package that opens /proc. */
@NullMarked
package org.brkmap.procfs;

import org.jspecify.annotations.NullMarked;
