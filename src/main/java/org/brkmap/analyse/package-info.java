/** Says what each mapping is, what changed between two snapshots, and which call caused it. */
@NullMarked
package org.brkmap.analyse;

import org.jspecify.annotations.NullMarked;
