package org.brkmap.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.brkmap.evidence.FactsJson;
import org.brkmap.lab.LabCatalogue;
import org.brkmap.lab.LabInfo;
import org.brkmap.lab.LabProgress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code brkmap lab list}: the labs there are. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists the labs: name, points earned of those possible, and title.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:all labs are listed",
            "1:there are no labs here, or one could not be read; standard error says which, and why",
            "2:the command was not understood"
        },
        footerHeading = "%nTry:%n",
        footer = {
            "  ./brkmap lab list",
            "  ./brkmap lab status lab2          then: the exercises of one",
            "  ./brkmap lab list --json | jq .labs"
        })
final class LabListCommand implements Callable<Integer> {
    @Option(names = "--json", description = "Print the same for programs (docs/CLI.md).")
    private boolean json;

    @Mixin
    private LabProject project = new LabProject();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Path root = project.root();
        PrintWriter out = spec.commandLine().getOut();
        boolean all = true;
        List<Map<String, @Nullable Object>> labs = new ArrayList<>();
        for (String id : LabCatalogue.ids(root)) {
            try {
                LabInfo lab = LabCatalogue.lab(root, id);
                int earned = LabProject.earned(lab, LabProgress.open(root, id));
                labs.add(facts(lab, earned));
                if (!json) {
                    out.println(String.format(
                            Locale.ROOT, "%-8s %3d of %3d points  %s", id, earned, lab.points(), lab.title()));
                }
            } catch (IOException broken) {
                // One broken lab says nothing about the others.
                all = false;
                out.flush();
                project.tellBroken(id, broken);
            }
        }
        if (json) {
            Map<String, @Nullable Object> facts = new LinkedHashMap<>();
            facts.put("schema", "brkmap/labs/1");
            facts.put("labs", labs);
            out.print(FactsJson.write(facts));
        }
        out.flush();
        return all ? 0 : Brkmap.FAILED;
    }

    private static Map<String, @Nullable Object> facts(LabInfo lab, int earned) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("lab", lab.id());
        facts.put("title", lab.title());
        facts.put("earned", earned);
        facts.put("points", lab.points());
        facts.put("folder", lab.folder().toString());
        return facts;
    }
}
