/** The command line, one small class a command. */
@NullMarked
package org.brkmap.cli;

import org.jspecify.annotations.NullMarked;
