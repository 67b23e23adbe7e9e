/** Measures brkmap's own cost on this machine, in pairs with what others do. */
@NullMarked
package org.brkmap.bench;

import org.jspecify.annotations.NullMarked;
