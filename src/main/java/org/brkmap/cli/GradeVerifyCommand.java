package org.brkmap.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.brkmap.evidence.FactsJson;
import org.brkmap.grade.Result;
import org.brkmap.grade.Verification;
import org.brkmap.grade.Verification.Finding;
import org.brkmap.grade.VerifyingKey;
import org.brkmap.grade.VerifyingKey.Proof;
import org.brkmap.report.Visible;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code brkmap grade verify}: results against the instructor's public key. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Verifies that results are as a re-run of yours signed them.",
            "",
            "A valid signature says that whoever has the key saw this verdict on this submission (its SHA-256 is signed, too)."
                    + " It does not say that no result was taken away, or put back from an earlier run, and it is of the results:"
                    + " gradebook, roster and rules are made anew from them by grade merge."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:every result is valid",
            "1:the key or the results cannot be read",
            "2:the command was not understood",
            "3:a result was changed, is not signed, or was signed by another key"
        },
        footerHeading = "%nTry:%n",
        footer = {
            "  ./brkmap grade verify graded --key course.key.pub",
            "  ./brkmap grade verify graded/results/lab2-ada-0123456789abcdef0123.json --key course.key.pub"
        })
final class GradeVerifyCommand implements Callable<Integer> {
    private static final int NOT_ALL = 3;
    private static final int LONGEST = 60;

    @Parameters(arity = "1..*", paramLabel = "OUT", description = "Folders that grade rerun wrote, or single results.")
    private List<Path> places = List.of();

    @Option(names = "--key", required = true, paramLabel = "PUB", description = "The public key: KEY.pub.")
    private Path key = Path.of("");

    @Option(names = "--json", description = "Print the outcome as JSON.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        VerifyingKey verifying = VerifyingKey.read(key);
        List<Finding> findings = new ArrayList<>();
        for (Path place : places) {
            findings.addAll(Verification.of(place, verifying));
        }
        boolean all = findings.stream().allMatch(Finding::isValid);
        Console console = Console.of(spec);
        if (json) {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("schema", "brkmap/verified/1");
            facts.put("key", verifying.id());
            facts.put("valid", all);
            facts.put(
                    "results", findings.stream().map(GradeVerifyCommand::facts).toList());
            console.out().print(FactsJson.write(facts));
        } else {
            findings.stream().filter(finding -> !finding.isValid()).forEach(finding -> {
                console.out().println(title(finding.proof()) + ": " + finding.file());
                Result result = finding.result();
                if (result != null) {
                    console.out().println("  " + told(result));
                }
                console.out().println("  " + finding.why());
            });
            console.out().println(counts(findings) + " (key " + verifying.id() + ")");
        }
        console.out().flush();
        return all ? 0 : NOT_ALL;
    }

    private static String told(Result result) {
        return Visible.line(result.student(), LONGEST) + ", " + Visible.line(result.lab(), LONGEST) + ", "
                + result.score().earned() + " of " + result.score().max() + ", "
                + result.grading().title();
    }

    private static String title(@Nullable Proof proof) {
        return proof == null ? "cannot be read" : proof.title();
    }

    private static String counts(List<Finding> findings) {
        Map<String, Integer> counts = new TreeMap<>();
        findings.forEach(finding -> counts.merge(title(finding.proof()), 1, Integer::sum));
        List<String> words = new ArrayList<>();
        words.add(counts.getOrDefault(Proof.VALID.title(), 0) + " of " + findings.size()
                + (findings.size() == 1 ? " result valid" : " results valid"));
        counts.forEach((what, count) -> {
            if (!what.equals(Proof.VALID.title())) {
                words.add(count + " " + what);
            }
        });
        return String.join(", ", words);
    }

    private static Map<String, @Nullable Object> facts(Finding finding) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        Result result = finding.result();
        Proof proof = finding.proof();
        facts.put("file", finding.file().toString());
        facts.put("student", result == null ? null : result.student());
        facts.put("lab", result == null ? null : result.lab());
        facts.put("proof", proof == null ? "unreadable" : proof.name().toLowerCase(Locale.ROOT));
        facts.put("why", finding.why());
        return facts;
    }
}
