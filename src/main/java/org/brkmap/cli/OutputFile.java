package org.brkmap.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.brkmap.report.ReportFiles;

/** A file the user named for output. What can be wrong with it is said before a program is run for it, not after. */
final class OutputFile {
    private OutputFile() {}

    static void check(Path file) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file)) {
            throw new IOException("cannot write " + file + ": it is a directory. Name a file.");
        }
        if (directory == null || !Files.isDirectory(directory)) {
            throw new IOException("cannot write " + file + ": there is no directory " + directory + ". Make it first.");
        }
        if (!Files.isWritable(directory)) {
            throw new IOException("cannot write " + file + ": " + directory + " is not writable for you.");
        }
    }

    static void write(Path file, String text) throws IOException {
        ReportFiles.write(file, text);
    }
}
