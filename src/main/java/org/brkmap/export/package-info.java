/**
 * A gradebook in the forms that course systems and tools read: {@link Export} chooses what is exported and in which {@link Format};
 * each form has a class that keeps its rules.
 */
@NullMarked
package org.brkmap.export;

import org.jspecify.annotations.NullMarked;
