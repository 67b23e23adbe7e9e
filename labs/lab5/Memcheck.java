package lab5;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Recipe;
import org.brkmap.toolchain.Valgrind;
import org.brkmap.toolchain.ValgrindFinding;
import org.brkmap.toolchain.ValgrindReport;

/** Runs under valgrind, untraced; what it says is its word, from user space, and is so noted. */
final class Memcheck {
    private static final int MOST_TOLD = 3;

    private Memcheck() {}

    /** Leaves the check unless valgrind is there. */
    static void needed(Bench bench) {
        bench.needs(Valgrind.isInstalled(), "valgrind is not installed (package valgrind)");
    }

    /** What valgrind says of the program of this recipe, run with its arguments. */
    static ValgrindReport of(Bench bench, Recipe recipe) {
        needed(bench);
        List<String> command = new ArrayList<>();
        command.add(bench.build(recipe).executable().toString());
        command.addAll(recipe.arguments());
        ValgrindReport report;
        try {
            report = Valgrind.memcheck(bench.file(""), command);
        } catch (IOException e) {
            throw bench.notChecked(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw bench.notChecked("interrupted");
        }
        assertThat(report.finished() && report.signal() == null)
                .as("the program ends by itself under valgrind, which says: %s", report.words())
                .isTrue();
        bench.fact("valgrind (user space): errors", report.errors().size());
        bench.fact(
                "valgrind (user space): bytes lost",
                report.lost().stream().mapToLong(ValgrindFinding::bytes).sum());
        return report;
    }

    /** What was found, in a line for each, with its place in the source. */
    static String told(List<ValgrindFinding> findings, String file) {
        return findings.stream()
                .limit(MOST_TOLD)
                .map(finding -> finding.what()
                        + finding.in(file)
                                .map(frame -> ", at " + frame.describe())
                                .orElse("")
                        + (finding.background().isEmpty()
                                ? ""
                                : " (" + String.join("; ", finding.background()) + ")"))
                .collect(Collectors.joining("\n"));
    }
}
