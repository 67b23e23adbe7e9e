package org.brkmap.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.brkmap.model.PageRun;
import org.brkmap.model.PageState;

/**
 * The states of a mapping's pages as text, low addresses first: runs of a count and a letter, parted by blanks. {@code "3a 61."}
 * is three anonymous pages and sixty-one absent ones.
 */
final class PageText {
    private static final Pattern RUN = Pattern.compile("[1-9][0-9]{0,17}.");

    private PageText() {}

    static String of(List<PageRun> runs) {
        StringBuilder text = new StringBuilder();
        for (PageRun run : runs) {
            text.append(text.isEmpty() ? "" : " ").append(run.pages()).append(letter(run.state()));
        }
        return text.toString();
    }

    private static char letter(PageState state) {
        return switch (state) {
            case ABSENT -> '.';
            case ZERO -> 'z';
            case ANONYMOUS -> 'a';
            case FILE -> 'f';
            case COPIED -> 'c';
            case SHARED -> 's';
            case SWAPPED -> 'w';
            case HUGE -> 'h';
            case GUARD -> 'g';
        };
    }

    /** Reads what {@link #of} wrote. */
    static List<PageRun> parse(String text) {
        List<PageRun> runs = new ArrayList<>();
        if (text.isEmpty()) {
            return runs;
        }
        for (String run : text.split(" ", -1)) {
            if (!RUN.matcher(run).matches()) {
                throw new IllegalArgumentException("not a run of pages such as \"3a\": '" + run + "'");
            }
            int last = run.length() - 1;
            runs.add(new PageRun(state(run.charAt(last)), Long.parseLong(run, 0, last, 10)));
        }
        return runs;
    }

    private static PageState state(char letter) {
        for (PageState state : PageState.values()) {
            if (letter(state) == letter) {
                return state;
            }
        }
        throw new IllegalArgumentException("no state of a page has the letter '" + letter + "'");
    }
}
