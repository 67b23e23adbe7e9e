package org.brkmap.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.brkmap.bench.Measured;

/** A page such as docs/MEASURING.md, in which a benchmark replaces its own table. */
final class MeasuredPage {
    private MeasuredPage() {}

    /**
     * Tried before anything is measured: a page without a place for the table is a mistake that should not cost minutes.
     *
     * @throws IOException if the page is not there, may not be written, or has no such place
     */
    static void check(Path page, String name) throws IOException {
        OutputFile.check(page);
        filled(page, name, "");
    }

    static void fill(Path page, String name, String table) throws IOException {
        OutputFile.write(page, filled(page, name, table));
    }

    private static String filled(Path page, String name, String table) throws IOException {
        try {
            return Measured.within(Files.readString(page), name, table);
        } catch (NoSuchFileException e) {
            throw new IOException("there is no file " + page + " to put the table into.", e);
        } catch (IllegalArgumentException e) {
            throw new IOException(page + ": " + e.getMessage(), e);
        }
    }
}
