package org.brkmap.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.brkmap.evidence.FactsJson;
import org.brkmap.lab.LabCatalogue;
import org.brkmap.lab.LabVerifier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code brkmap lab verify}: proves labs to their authors. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "For authors: runs copies of a lab, and says where the starter, the reference solution or a known cheat earns"
                    + " what it should not.",
            "",
            "The starter must earn the points for observing alone, the solution (labs/LAB/solution, or src/test/resources/solutions/LAB) all,"
                    + " and a cheat (labs/LAB/cheats/NAME, or src/test/resources/cheats/LAB/NAME) none for the exercises that its fakes.txt names.",
            "",
            "--times runs starter and solution that often instead, with other questions each time, and prints a line for each"
                    + " check: lab, state, run, check, status and points, with tabs between. make soak compares them."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:all earn what they should",
            "1:something is wrong, or could not be run",
            "2:the command was not understood, or there is no such lab"
        },
        footerHeading = "%nTry:%n",
        footer = {"  ./brkmap lab verify lab2", "  ./brkmap lab verify --json | jq '.findings[] | select(.well | not)'"
        })
final class LabVerifyCommand implements Callable<Integer> {
    @Parameters(arity = "0..1", paramLabel = "LAB", description = "The lab (default: every lab).")
    private @Nullable String lab;

    @Option(names = "--json", description = "Print the findings for programs (docs/CLI.md).")
    private boolean json;

    @Option(names = "--times", paramLabel = "N", description = "Print the verdicts of N runs, and judge nothing.")
    private int times;

    @Mixin
    private LabProject project = new LabProject();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (Interruption interruption = Interruption.ofThisThread()) {
            return verify(interruption);
        }
    }

    private int verify(Interruption interruption) throws IOException, InterruptedException {
        List<String> labs = lab == null
                ? LabCatalogue.ids(project.root())
                : List.of(project.lab(lab).id());
        if (times > 0) {
            for (String id : labs) {
                LabVerifier.repeat(project.root(), id, times, verdict -> tell(id, verdict), interruption::hasCome);
            }
            return 0;
        }
        boolean well = true;
        List<Map<String, @Nullable Object>> findings = new ArrayList<>();
        for (String id : labs) {
            try {
                for (LabVerifier.Finding finding :
                        LabVerifier.verify(project.root(), id, finding -> tell(id, finding), interruption::hasCome)) {
                    well &= finding.isWell();
                    findings.add(facts(id, finding));
                }
            } catch (IOException broken) {
                well = false;
                project.tellBroken(id, broken);
            }
        }
        if (json) {
            Map<String, @Nullable Object> facts = new LinkedHashMap<>();
            facts.put("schema", "brkmap/verification/1");
            facts.put("well", well);
            facts.put("findings", findings);
            spec.commandLine().getOut().print(FactsJson.write(facts));
            spec.commandLine().getOut().flush();
        }
        return well ? 0 : Brkmap.FAILED;
    }

    private static Map<String, @Nullable Object> facts(String id, LabVerifier.Finding finding) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("lab", id);
        facts.put("copy", finding.name());
        facts.put("well", finding.isWell());
        facts.put("earned", finding.earned());
        facts.put("wrong", finding.wrong());
        return facts;
    }

    /** As it goes: each copy takes a while. */
    private void tell(String id, LabVerifier.Verdict verdict) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(String.join(
                "\t",
                id,
                verdict.state(),
                String.valueOf(verdict.run()),
                verdict.check(),
                verdict.status().title(),
                String.valueOf(verdict.earned())));
        out.flush();
    }

    private void tell(String id, LabVerifier.Finding finding) {
        PrintWriter to = json ? spec.commandLine().getErr() : spec.commandLine().getOut();
        to.println(id + " " + finding.name() + ": " + (finding.isWell() ? "well" : "WRONG") + ", earns "
                + finding.earned());
        finding.wrong().forEach(wrong -> to.println("    " + wrong));
        to.flush();
    }
}
