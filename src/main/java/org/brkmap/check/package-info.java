/** AssertJ subjects for snapshots, changes, traces and regions. */
@NullMarked
package org.brkmap.check;

import org.jspecify.annotations.NullMarked;
