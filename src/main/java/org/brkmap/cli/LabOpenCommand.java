package org.brkmap.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.brkmap.evidence.FactsJson;
import org.brkmap.lab.LabInfo;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code brkmap lab open}: where a lab's handout and report are. */
@Command(
        name = "open",
        mixinStandardHelpOptions = true,
        description = "Tells where a lab's handout and report are.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:done",
            "1:the lab cannot be read",
            "2:the command was not understood, or there is no such lab"
        },
        footerHeading = "%nTry:%n",
        footer = {"  ./brkmap lab open lab2", "  xdg-open \"$(./brkmap lab open lab2 --json | jq -r .report)\""})
final class LabOpenCommand implements Callable<Integer> {
    @Parameters(paramLabel = "LAB", description = "The lab, as ./brkmap lab list names it.")
    private String lab = "";

    @Option(names = "--json", description = "Print the same for programs (docs/CLI.md).")
    private boolean json;

    @Mixin
    private LabProject project = new LabProject();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        LabInfo info = project.lab(lab);
        Path report = project.root().resolve("target/reports").resolve(lab + ".html");
        PrintWriter out = spec.commandLine().getOut();
        Path handout = info.folder().resolve("README.md");
        boolean reported = Files.exists(report);
        if (json) {
            Map<String, @Nullable Object> facts = new LinkedHashMap<>();
            facts.put("schema", "brkmap/places/1");
            facts.put("lab", lab);
            facts.put("handout", handout.toString());
            facts.put("report", reported ? report.toString() : null);
            out.print(FactsJson.write(facts));
        } else {
            out.println("handout: " + handout);
            out.println("report:  " + (reported ? report : "none yet; it is written by ./brkmap lab run " + lab));
        }
        out.flush();
        return 0;
    }
}
