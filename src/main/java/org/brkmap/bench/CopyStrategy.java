package org.brkmap.bench;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A way to copy a file. Immutable.
 *
 * @param id short, stable, for the command line and for machines: {@code buffer-8k}
 * @param title for people
 * @param family what it has in common with others
 * @param overwrites whether it writes over an existing destination in place; if not, it has no figures there
 */
public record CopyStrategy(String id, String title, Family family, boolean overwrites, Method method) {
    /** What a way to copy is made of; each family has a colour in the plots. */
    public enum Family {
        BUFFER("read and write", 0),
        MAPPED("mapped", 1),
        KERNEL("inside the kernel", 2),
        PARALLEL("several at once", 3),
        DIRECT("past the cache", 4),
        JAVA("Java", 5),
        COMMAND("commands", 6),
        LIMIT("memory to memory", 7);

        private final String title;

        private final int hue;

        Family(String title, int hue) {
            this.title = title;
            this.hue = hue;
        }

        /** Its colour in every plot, from 0 to 7. */
        int hue() {
            return hue;
        }

        /** For people. */
        public String title() {
            return title;
        }
    }

    /** Copies once, and says what it took. */
    interface Method {
        CopyMeasure copy(Path source, Path destination, boolean synced) throws IOException, InterruptedException;
    }

    /** The textbook's way to copy with a buffer, which all others are compared with. */
    static final String TEXTBOOK = "buffer-8k";

    /** The textbook's way to copy with two mappings. */
    static final String TEXTBOOK_MAPPED = "mapped";

    /** The same bytes from memory to memory. */
    static final String LIMIT = "memory";

    boolean isLimit() {
        return family == Family.LIMIT;
    }
}
