package org.brkmap.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Folds text into the rows of a terminal. */
final class Rows {
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");

    private Rows() {}

    /** At blanks; a word that is longer than a row has one of its own. */
    static List<String> fold(String text, int room) {
        List<String> rows = new ArrayList<>();
        StringBuilder row = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!row.isEmpty() && row.length() + 1 + word.length() > room) {
                rows.add(row.toString());
                row.setLength(0);
            }
            row.append(row.isEmpty() ? "" : " ").append(word);
        }
        rows.add(row.toString());
        return rows;
    }

    /**
     * Each line of a text, with what goes on below it set in by two more blanks. Sequences for colour take no room.
     *
     * @param width of the terminal; {@link Integer#MAX_VALUE} for none
     */
    static String foldLines(String text, int width) {
        StringBuilder folded = new StringBuilder();
        for (String line : text.split("(?<=\n)", -1)) {
            String rest = line.strip();
            if (width == Integer.MAX_VALUE || visible(line.stripTrailing()) <= width) {
                folded.append(line);
                continue;
            }
            String margin = line.substring(0, line.indexOf(rest));
            String below = margin + "  ";
            StringBuilder row = new StringBuilder(margin);
            boolean empty = true;
            for (String word : rest.split(" ", -1)) {
                if (!empty && visible(row) + 1 + visible(word) > width) {
                    folded.append(row.toString().stripTrailing()).append('\n');
                    row.setLength(0);
                    row.append(below);
                    empty = true;
                }
                row.append(empty ? "" : " ").append(word);
                empty = empty && word.isEmpty();
            }
            folded.append(row).append(line.endsWith("\n") ? "\n" : "");
        }
        return folded.toString();
    }

    private static int visible(CharSequence text) {
        String letters = COLOUR.matcher(text).replaceAll("");
        return letters.codePointCount(0, letters.length());
    }
}
