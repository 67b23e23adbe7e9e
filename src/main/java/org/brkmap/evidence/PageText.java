package org.brkmap.evidence;

import java.util.ArrayList;
import java.util.List;
import org.brkmap.model.PageRun;
import org.brkmap.model.PageState;

/**
 * The states of a mapping's pages as text, low addresses first: runs of a count and a letter, parted by blanks. {@code "3a 61."}
 * is three anonymous pages and sixty-one absent ones.
 */
final class PageText {
    private static final int MOST_DIGITS = 18;
    private static final List<PageState> STATES = List.of(PageState.values());

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
        int from = 0;
        while (from <= text.length()) {
            int blank = text.indexOf(' ', from);
            int end = blank < 0 ? text.length() : blank;
            if (!isRun(text, from, end - 1)) {
                throw new IllegalArgumentException(
                        "not a run of pages such as \"3a\": '" + text.substring(from, end) + "'");
            }
            runs.add(new PageRun(state(text.charAt(end - 1)), Long.parseLong(text, from, end - 1, 10)));
            from = end + 1;
        }
        return runs;
    }

    /** Whether a number without zeros before it stands between the two, and so before a letter. */
    private static boolean isRun(String text, int from, int last) {
        if (last <= from || last - from > MOST_DIGITS || text.charAt(from) == '0') {
            return false;
        }
        for (int i = from; i < last; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private static PageState state(char letter) {
        for (PageState state : STATES) {
            if (letter(state) == letter) {
                return state;
            }
        }
        throw new IllegalArgumentException("no state of a page has the letter '" + letter + "'");
    }
}
