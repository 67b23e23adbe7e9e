/** The JSON document that holds all of a run, its schema and its version. */
@NullMarked
package org.brkmap.evidence;

import org.jspecify.annotations.NullMarked;
