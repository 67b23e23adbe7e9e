/**
 * Submissions built and run again in a sandbox: {@link Rerun} takes a folder of them and leaves a result for each;
 * {@link RerunWorker} is the JVM without privilege that does one after the other.
 */
@NullMarked
package org.brkmap.rerun;

import org.jspecify.annotations.NullMarked;
