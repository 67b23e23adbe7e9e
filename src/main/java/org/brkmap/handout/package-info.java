/**
 * What students get of a project: chosen labs with the harness that runs them, and nothing that answers an exercise.
 * {@link Handout} collects and writes it, {@link OfflineRepository} makes it work without a network.
 */
@NullMarked
package org.brkmap.handout;

import org.jspecify.annotations.NullMarked;
