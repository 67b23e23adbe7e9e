/** Values of the field: mappings, snapshots, memory events and changes. Records only; nothing here reads a file or asks the machine. */
@NullMarked
package org.brkmap.model;

import org.jspecify.annotations.NullMarked;
