/** Launches a program, stops it at checkpoints, and records what it asks of the kernel. */
@NullMarked
package org.brkmap.observe;

import org.jspecify.annotations.NullMarked;
