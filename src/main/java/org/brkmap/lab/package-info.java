/** Labs as JUnit tests: runs, records and prints their checks. */
@NullMarked
package org.brkmap.lab;

import org.jspecify.annotations.NullMarked;
