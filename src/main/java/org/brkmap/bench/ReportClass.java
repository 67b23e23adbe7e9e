package org.brkmap.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.brkmap.evidence.LabDocument;
import org.brkmap.lab.LabProofs;
import org.brkmap.lab.LabRunner;
import org.brkmap.lab.LabStarter;
import org.brkmap.report.HtmlReport;

/**
 * A class of any size to measure with: a few reports of a lab that was really done here, over and over, each with its student's name
 * in it, so that none is the same file as another and each is read, unpacked and judged.
 */
final class ReportClass {
    private final Path root;
    private final String lab;
    private final Path folder;
    private final Map<String, String> solved;

    /**
     * @param folder where it is all put
     */
    ReportClass(Path root, String lab, Path folder) throws IOException {
        this.root = root;
        this.lab = lab;
        this.folder = folder;
        this.solved = files();
    }

    /** The solution, where there is one; what students begin with, where there is none. */
    private Map<String, String> files() throws IOException {
        Map<String, String> files = new TreeMap<>();
        Path starter = root.resolve("labs").resolve(lab).resolve("starter");
        Path solution = LabProofs.solution(root, lab).orElse(starter);
        for (String name : LabStarter.files(root, lab)) {
            Path of = name.endsWith(".c") && Files.exists(solution.resolve(name)) ? solution : starter;
            files.put(name, Files.readString(of.resolve(name)));
        }
        return files;
    }

    /** The pages of so many runs, each with questions of its own. */
    List<String> pages(int runs, IntConsumer progress) throws IOException {
        Path copy = folder.resolve("lab");
        copy(root.resolve("labs").resolve(lab), copy.resolve("labs").resolve(lab));
        copy(root.resolve("sample-c"), copy.resolve("sample-c"));
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        List<String> pages = new ArrayList<>();
        for (int run = 1; run <= runs; run++) {
            progress.accept(run);
            for (Map.Entry<String, String> file : solved.entrySet()) {
                Files.writeString(copy.resolve("labs").resolve(lab).resolve(file.getKey()), file.getValue());
            }
            Path progressFile = copy.resolve(".brkmap").resolve(lab + ".properties");
            Files.createDirectories(copy.resolve(".brkmap"));
            Files.writeString(progressFile, "seed=" + run + "\n");
            LabDocument document = LabRunner.in(root).on(copy).run(lab, nowhere);
            pages.add(HtmlReport.render(document));
        }
        return pages;
    }

    /** So many reports in a folder of their own, with a roster beside it. */
    Path reports(List<String> pages, int count) throws IOException {
        Path reports = Files.createDirectories(folder.resolve("reports-" + count));
        for (int i = 0; i < count; i++) {
            Files.writeString(
                    reports.resolve(lab + "-" + student(i) + ".html"),
                    pages.get(i % pages.size()) + "<!-- " + student(i) + " -->\n");
        }
        roster(reports, count);
        return reports;
    }

    /** So many folders of sources. */
    Path sources(int count) throws IOException {
        Path sources = Files.createDirectories(folder.resolve("sources-" + count));
        for (int i = 0; i < count; i++) {
            Path own = Files.createDirectories(sources.resolve(student(i)));
            for (Map.Entry<String, String> file : solved.entrySet()) {
                if (file.getKey().endsWith(".c")) {
                    Files.writeString(own.resolve(file.getKey()), file.getValue() + "/* " + student(i) + " */\n");
                }
            }
        }
        roster(sources, count);
        return sources;
    }

    /** Where the roster of a folder lies. */
    static Path rosterOf(Path submissions) {
        return Path.of(submissions + ".csv");
    }

    private static void roster(Path submissions, int count) throws IOException {
        StringBuilder roster = new StringBuilder("id,name\n");
        for (int i = 0; i < count; i++) {
            roster.append(student(i)).append(",Student ").append(i).append('\n');
        }
        Files.writeString(rosterOf(submissions), roster);
    }

    private static String student(int number) {
        return "s" + (100_000 + number);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Path parent = target.getParent();
                Files.createDirectories(parent == null ? to : parent);
                Files.copy(file, target);
            }
        }
    }
}
