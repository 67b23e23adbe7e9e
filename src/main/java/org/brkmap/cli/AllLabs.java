package org.brkmap.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.brkmap.check.Wording;
import org.brkmap.evidence.CheckStatus;
import org.brkmap.evidence.LabDocument;
import org.brkmap.evidence.Score;
import org.brkmap.lab.LabCatalogue;
import org.brkmap.lab.LabRunner;

/** All labs, one after the other, as rows of one table. */
final class AllLabs {
    private final LabProject project;
    private final Console console;
    private int labs;
    private int earned;
    private int most;
    private double seconds;

    AllLabs(LabProject project, Console console) {
        this.project = project;
        this.console = console;
    }

    /** Runs them, and prints each as soon as it is done; false if a check failed, or a lab could not be run. */
    boolean run() throws IOException, InterruptedException {
        Path root = project.root();
        boolean well = true;
        PrintWriter out = console.out();
        out.println(
                String.format(Locale.ROOT, "%-6s %10s %9s   %-27s %s", "lab", "points", "time", "report", "checks"));
        for (String lab : LabCatalogue.ids(root)) {
            try {
                well &= run(root, lab);
            } catch (IOException broken) {
                // One broken lab says nothing about the others.
                well = false;
                out.flush();
                project.tellBroken(lab, broken);
            }
        }
        out.println(row(
                "all",
                new Score(earned, most),
                seconds,
                "target/reports/index.html",
                Wording.count(labs, "lab", "labs")));
        out.flush();
        return well;
    }

    private boolean run(Path root, String lab) throws IOException, InterruptedException {
        long start = System.nanoTime();
        LabDocument document = Progress.during("running " + lab, console, () -> {
            try (PrintStream nowhere =
                    new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
                return LabRunner.in(root).run(lab, nowhere);
            }
        });
        double took = (System.nanoTime() - start) / 1e9;
        Score score = document.score();
        labs++;
        earned += score.earned();
        most += score.max();
        seconds += took;
        console.out().println(row(lab, score, took, "target/reports/" + lab + ".html", checks(document)));
        console.out().flush();
        return document.checks().stream().noneMatch(check -> check.status() == CheckStatus.FAILED);
    }

    private static String row(String lab, Score score, double seconds, String report, String checks) {
        return String.format(
                Locale.ROOT,
                "%-6s %10s %7.1f s   %-27s %s",
                lab,
                score.earned() + " of " + score.max(),
                seconds,
                report,
                checks);
    }

    /** How many came out how, in words. */
    private static String checks(LabDocument document) {
        List<String> counts = new ArrayList<>();
        for (CheckStatus status : CheckStatus.values()) {
            long count = document.checks().stream()
                    .filter(check -> check.status() == status)
                    .count();
            if (count > 0) {
                counts.add(count + " " + status.title());
            }
        }
        return String.join(", ", counts);
    }
}
