package lab6;

import org.brkmap.lab.Recipe;

/** Runs of fork_copy and cells. */
final class Forks {
    static final String DONE = "parent wrote";

    private Forks() {}

    /**
     * Parent and children that share pages until one of them writes.
     *
     * @param pages of the area
     * @param children how many
     * @param writes pages that the first child writes, from the first on
     * @param from the first page that the parent writes after that
     * @param count how many it writes
     */
    static Recipe copying(long pages, long children, long writes, long from, long count) {
        return Recipe.of(
                        "fork_copy: " + pages + " pages, " + children + (children == 1 ? " child" : " children")
                                + ", which writes " + writes + ", the parent " + count + " from " + from + " on",
                        "sample-c/fork_copy/fork_copy.c")
                .arguments(pages, children, writes, from, count);
    }

    /** Four kinds of mapping, written by the child and then by the parent. */
    static final Recipe CELLS = Recipe.of("cells: four kinds of mapping", "sample-c/cells/cells.c");
}
