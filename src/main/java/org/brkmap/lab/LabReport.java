package org.brkmap.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.brkmap.evidence.EvidenceJson;
import org.brkmap.evidence.LabDocument;
import org.brkmap.evidence.RunDocument;
import org.brkmap.report.HtmlReport;
import org.brkmap.report.ReportFiles;
import org.jspecify.annotations.Nullable;

/** A lab's evidence and the page made of it, side by side in one directory. */
final class LabReport {
    private final String lab;
    private final Path root;
    private final Path directory;

    LabReport(String lab, Path root, Path directory) {
        this.lab = lab;
        this.root = root;
        this.directory = directory;
    }

    /** The page, and what it was made of. */
    record Page(Path file, LabDocument document) {}

    /** The heading of the lab's handout; without one the lab's id. */
    String title() {
        try {
            return Files.readString(root.resolve("labs").resolve(lab).resolve("README.md"))
                    .lines()
                    .filter(line -> line.startsWith("# "))
                    .findFirst()
                    .map(line -> line.substring(2).strip())
                    .orElse(lab);
        } catch (IOException noHandout) {
            return lab;
        }
    }

    /**
     * Writes both files.
     *
     * @return where the page is
     * @throws IOException if they cannot be written, or the page cannot be made; says why
     */
    Page write(
            List<RunDocument> runs,
            Map<String, @Nullable Object> facts,
            List<CheckOutcome> outcomes,
            Map<String, String> answers)
            throws IOException {
        Path json = directory.resolve(lab + ".json");
        Path html = directory.resolve(lab + ".html");
        List<String> names = runs.stream().map(RunDocument::name).toList();
        try {
            LabDocument document = new LabDocument(
                    lab,
                    title(),
                    generatedBy(),
                    runs,
                    facts,
                    outcomes.stream().map(outcome -> outcome.result(names)).toList(),
                    answers);
            ReportFiles.write(json, EvidenceJson.write(document));
            ReportFiles.write(html, HtmlReport.render(document));
            return new Page(html.toAbsolutePath().normalize(), document);
        } catch (RuntimeException e) {
            throw new IOException("making it failed: " + e, e);
        }
    }

    private static String generatedBy() {
        String version = LabReport.class.getPackage().getImplementationVersion();
        return version == null ? "brkmap" : "brkmap " + version;
    }
}
