package org.brkmap.cli;

import java.util.ArrayList;
import java.util.List;

/** Folds text into the rows of a terminal. */
final class Rows {
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
}
