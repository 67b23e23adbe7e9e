/** Just enough ELF to label a mapping and to turn an address into function, file and line. */
@NullMarked
package org.brkmap.elf;

import org.jspecify.annotations.NullMarked;
