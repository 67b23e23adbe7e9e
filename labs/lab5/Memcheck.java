package lab5;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
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

    /** How a program on x86-64 asks something of valgrind (valgrind.h); it could ask to be left in peace. */
    private static final byte[] REQUEST =
            HexFormat.of().parseHex("48c1c703" + "48c1c70d" + "48c1c73d" + "48c1c733" + "4887db");

    private Memcheck() {}

    /** Leaves the check unless valgrind is there. */
    static void needed(Bench bench) {
        bench.needs(Valgrind.isInstalled(), "valgrind is not installed (package valgrind)");
    }

    /**
     * What valgrind says of the program of this recipe, run with its arguments.
     *
     * @param requests the sizes of what it asked for when it was observed: it does the same when valgrind looks
     */
    static ValgrindReport of(Bench bench, Recipe recipe, List<Long> requests) {
        assertThat(holdsRequest(bench.build(recipe).executable()))
                .as("the program gives orders to valgrind")
                .isFalse();
        ValgrindReport report = of(bench, recipe);
        List<Long> missing = new ArrayList<>(requests);
        report.requests().forEach(missing::remove);
        assertThat(missing)
                .as("sizes of requests that the program makes when it is observed, and not when it runs under valgrind")
                .isEmpty();
        return report;
    }

    /** What valgrind says of a program that is not a student's. */
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

    private static boolean holdsRequest(Path program) {
        try {
            String code = new String(Files.readAllBytes(program), StandardCharsets.ISO_8859_1);
            return code.contains(new String(REQUEST, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was found, in a line for each, with its place in the source. */
    static String told(List<ValgrindFinding> findings, String file) {
        return findings.stream()
                .limit(MOST_TOLD)
                .map(finding -> finding.what()
                        + finding.in(file)
                                .map(frame -> ", at " + frame.describe())
                                .orElse("")
                        + (finding.background().isEmpty() ? "" : " (" + String.join("; ", finding.background()) + ")"))
                .collect(Collectors.joining("\n"));
    }
}
