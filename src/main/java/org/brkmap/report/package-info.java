/** Renders evidence as HTML and as text. */
@NullMarked
package org.brkmap.report;

import org.jspecify.annotations.NullMarked;
