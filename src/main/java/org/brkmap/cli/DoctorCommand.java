package org.brkmap.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.brkmap.evidence.FactsJson;
import org.brkmap.report.Visible;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code brkmap doctor}: tries what observing needs, and says what is lost without it. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = "Tries out what brkmap can use on this machine; says what is lost without it and how to get it.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:the labs can run here",
            "1:they cannot; the last line says for want of what",
            "2:the command was not understood"
        },
        footerHeading = "%nTry:%n",
        footer = {"  ./brkmap doctor", "  ./brkmap doctor --json | jq '.findings[] | select(.status != \"ok\")'"})
final class DoctorCommand implements Callable<Integer> {
    private static final String BOLD = "\u001b[1m";
    private static final String PLAIN = "\u001b[0m";

    @Option(names = "--json", description = "Print the same for programs (docs/CLI.md).")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Console console = Console.of(spec);
        List<Finding> findings = Progress.during("trying out this machine", console, Examination::run);
        List<String> wanting = findings.stream()
                .filter(finding -> finding.needed() && finding.status() != Finding.Status.OK)
                .map(Finding::name)
                .toList();
        if (json) {
            Map<String, @Nullable Object> facts = new LinkedHashMap<>();
            facts.put("schema", "brkmap/doctor/1");
            facts.put("labsCanRun", wanting.isEmpty());
            facts.put("findings", findings.stream().map(Finding::facts).toList());
            console.out().print(FactsJson.write(facts));
        } else {
            findings.forEach(finding -> print(finding, console));
            console.out()
                    .println(
                            wanting.isEmpty()
                                    ? "The labs can run here."
                                    : "The labs cannot run here, for want of " + String.join(", ", wanting) + ".");
        }
        console.out().flush();
        return wanting.isEmpty() ? 0 : Brkmap.FAILED;
    }

    private static void print(Finding finding, Console console) {
        String word = finding.status().word();
        String mark = console.colour() && finding.status() != Finding.Status.OK ? BOLD + word + PLAIN : word;
        String name =
                finding.name() + " ".repeat(Math.max(1, 15 - finding.name().length()));
        told(mark + " ".repeat(9 - word.length()) + name, 24, Visible.line(finding.detail(), 400), console);
        if (finding.loss() != null) {
            told(" ".repeat(9) + "lost:   ", 17, finding.loss(), console);
        }
        if (finding.remedy() != null) {
            told(" ".repeat(9) + "remedy: ", 17, finding.remedy(), console);
        }
    }

    /** The text beside its head, whose columns a sequence for colour must not count among. */
    private static void told(String head, int columns, String text, Console console) {
        boolean roomy = console.tableWidth() >= 2 * columns;
        int indent = roomy ? columns : 2;
        List<String> rows = Rows.fold(text, Math.max(1, console.tableWidth() - indent));
        if (!roomy) {
            console.out().println(head.stripTrailing());
        }
        for (int i = 0; i < rows.size(); i++) {
            console.out().println((i == 0 && roomy ? head : " ".repeat(indent)) + rows.get(i));
        }
    }
}
