package org.brkmap.lab;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Finds what somebody probably meant to write. */
final class Nearest {
    private Nearest() {}

    /** The word that the fewest letters' changes lead to, if that is not more than a third of it, or two; else null. */
    static @Nullable String to(String written, Collection<String> words) {
        String best = null;
        int least = Integer.MAX_VALUE;
        for (String word : words) {
            int distance = distance(written, word);
            if (distance < least) {
                least = distance;
                best = word;
            }
        }
        return best != null && least <= Math.max(2, best.length() / 3) && least < best.length() ? best : null;
    }

    /** Levenshtein's: letters to insert, delete or replace. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int above = row[j];
                int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(above, row[j - 1]) + 1);
                diagonal = above;
            }
        }
        return row[other.length()];
    }
}
