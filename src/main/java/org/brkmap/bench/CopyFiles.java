package org.brkmap.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.brkmap.report.ReportFiles;

/** The results as text and as files, each whole or not there. */
public final class CopyFiles {
    private CopyFiles() {}

    /** For a terminal. */
    public static String text(CopyResults results) {
        return CopyTable.text(results);
    }

    /** For docs/MEASURING.md. */
    public static String markdown(CopyResults results) {
        return CopyMarkdown.of(results);
    }

    /** For machines. */
    public static String json(CopyResults results) {
        return CopyJson.of(results);
    }

    /**
     * Writes copy.html, copy.csv and copy.json.
     *
     * @throws IOException if one cannot be written; an older one is then as it was
     */
    public static List<Path> write(CopyResults results, Path folder) throws IOException {
        Path page = folder.resolve("copy.html");
        Path csv = folder.resolve("copy.csv");
        Path json = folder.resolve("copy.json");
        ReportFiles.write(csv, CopyTable.csv(results));
        ReportFiles.write(json, CopyJson.of(results));
        ReportFiles.write(page, CopyPage.of(results));
        return List.of(page, csv, json);
    }
}
