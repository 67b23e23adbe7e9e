package org.brkmap.lab;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.brkmap.evidence.CheckStatus;
import org.brkmap.evidence.RunDocument;
import org.jspecify.annotations.Nullable;

/**
 * One lab being done: what its classes share, and its end, which prints the verdict and writes the report. Thread-safe.
 */
final class LabSession implements AutoCloseable {
    private final String lab;
    private final Path reports;
    private final PrintStream out;
    private final long began = System.nanoTime();
    private final Workshop workshop;
    private final Map<String, @Nullable Object> facts = new LinkedHashMap<>();
    private final Map<String, Bench> benches = new LinkedHashMap<>();
    private final List<CheckOutcome> outcomes = new ArrayList<>();

    /**
     * @param root the root of the project
     * @param reports where the report goes
     */
    LabSession(String lab, Path root, Path reports, PrintStream out) {
        this.lab = lab;
        this.reports = reports;
        this.out = out;
        this.workshop = new Workshop(root, lab);
    }

    Workshop workshop() {
        return workshop;
    }

    synchronized void fact(String name, @Nullable Object value) {
        facts.put(name, value);
    }

    /** The bench of one check, by the check's unique id. */
    synchronized Bench bench(String check) {
        return benches.computeIfAbsent(check, id -> new Bench(this));
    }

    synchronized void add(CheckOutcome outcome) {
        outcomes.add(outcome);
    }

    /**
     * Prints the verdict and writes the report.
     *
     * @throws IOException if the report cannot be written, so that the run as a whole fails; that is printed too
     * @throws IllegalStateException if not a single check could be made, which must not look like success
     */
    @Override
    public synchronized void close() throws IOException {
        outcomes.sort(Comparator.comparingInt(CheckOutcome::groupOrder)
                .thenComparing(CheckOutcome::group)
                .thenComparingInt(CheckOutcome::order));
        LabReport report = new LabReport(lab, workshop.root(), reports);
        Terminal terminal = Terminal.ofThisProcess();
        double seconds = (System.nanoTime() - began) / 1e9;
        ConsoleTree.render(report.title(), outcomes, seconds, terminal).forEach(out::println);
        try {
            Path page = report.write(inReadingOrder(workshop.runs()), facts, outcomes);
            out.println("Report: " + page.toUri());
            failIfNothingWasChecked();
        } catch (IOException e) {
            String why = String.valueOf(e.getMessage()).replace('\n', ' ');
            out.println(terminal.plain("The report could not be written: " + why));
            throw e;
        } finally {
            out.flush();
        }
    }

    private void failIfNothingWasChecked() {
        if (!outcomes.isEmpty() && outcomes.stream().allMatch(outcome -> outcome.status() == CheckStatus.NOT_CHECKED)) {
            String verdict = "Nothing could be checked here; the first check says why.";
            out.println(verdict);
            throw new IllegalStateException(verdict);
        }
    }

    /** Runs in the order in which the checks, as they are reported, first speak of them. */
    private List<RunDocument> inReadingOrder(List<RunDocument> runs) {
        List<String> names = outcomes.stream()
                .flatMap(outcome -> outcome.runs().stream())
                .distinct()
                .toList();
        List<RunDocument> ordered = new ArrayList<>(runs);
        ordered.sort(Comparator.comparingInt(run -> {
            int at = names.indexOf(run.name());
            return at < 0 ? names.size() : at;
        }));
        return ordered;
    }
}
