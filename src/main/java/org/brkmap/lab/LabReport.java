package org.brkmap.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.brkmap.evidence.EvidenceJson;
import org.brkmap.evidence.LabDocument;
import org.brkmap.evidence.RunDocument;
import org.brkmap.report.CourseIndex;
import org.brkmap.report.HtmlReport;
import org.brkmap.report.ReportFiles;
import org.jspecify.annotations.Nullable;

/** A lab's evidence and the page made of it, side by side in one directory. */
final class LabReport {
    private final String lab;
    private final Path root;
    private final Path checks;
    private final Path directory;

    /**
     * @param root where the lab's handout is
     * @param checks the project whose checks are made
     * @param directory where the report goes
     */
    LabReport(String lab, Path root, Path checks, Path directory) {
        this.lab = lab;
        this.root = root;
        this.checks = checks;
        this.directory = directory;
    }

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

    /** Where the evidence is. */
    Path evidence() {
        return directory.resolve(lab + ".json");
    }

    /** The document of one run, with nothing from an earlier one. */
    LabDocument document(
            List<RunDocument> runs,
            Map<String, @Nullable Object> facts,
            List<CheckOutcome> outcomes,
            Map<String, String> answers) {
        List<String> names = runs.stream().map(RunDocument::name).toList();
        return new LabDocument(
                lab,
                title(),
                generatedBy(),
                runs,
                facts,
                outcomes.stream().map(outcome -> outcome.result(names)).toList(),
                answers);
    }

    /**
     * Writes both files.
     *
     * @return where the page is
     * @throws IOException if they cannot be written, or the page cannot be made; says why
     */
    Path write(LabDocument document) throws IOException {
        Path html = directory.resolve(lab + ".html");
        try {
            String json = EvidenceJson.write(document);
            // The disk takes its time, in which the page is made.
            CompletableFuture<?> kept = CompletableFuture.runAsync(() -> keep(json));
            String page = HtmlReport.render(document, json);
            kept.join();
            ReportFiles.write(html, page);
            CourseIndex.write(directory);
            return html.toAbsolutePath().normalize();
        } catch (CompletionException e) {
            throw e.getCause() instanceof UncheckedIOException unwritten
                    ? unwritten.getCause()
                    : new IOException("making it failed: " + e.getCause(), e);
        } catch (RuntimeException e) {
            throw new IOException("making it failed: " + e, e);
        }
    }

    private void keep(String json) {
        try {
            ReportFiles.write(evidence(), json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Which harness with which version of the lab's checks: a grader asks whether they were its own. */
    private String generatedBy() {
        try {
            return "brkmap " + LabVersion.ofHarness() + ", " + lab + " " + LabVersion.of(checks, lab);
        } catch (IOException unknown) {
            return "brkmap";
        }
    }
}
