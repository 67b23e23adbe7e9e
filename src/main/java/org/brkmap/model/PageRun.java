package org.brkmap.model;

/** A run of neighbouring pages in one state. Immutable.
 *
 * @param pages how many; at least 1
 */
public record PageRun(PageState state, long pages) {
    public PageRun {
        if (pages < 1) {
            throw new IllegalArgumentException("a run has at least one page, not " + pages);
        }
    }
}
