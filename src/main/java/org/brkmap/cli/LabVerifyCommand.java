package org.brkmap.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.brkmap.lab.LabCatalogue;
import org.brkmap.lab.LabVerifier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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
            "The starter must earn the points for observing alone, the solution (src/test/resources/solutions/LAB) all,"
                    + " and a cheat (src/test/resources/cheats/LAB/NAME) none for the exercises that its fakes.txt names."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:all earn what they should",
            "1:something is wrong, or could not be run",
            "2:the command was not understood, or there is no such lab"
        },
        footerHeading = "%nTry:%n",
        footer = "  ./brkmap lab verify lab2")
final class LabVerifyCommand implements Callable<Integer> {
    @Parameters(arity = "0..1", paramLabel = "LAB", description = "The lab (default: every lab).")
    private @Nullable String lab;

    @Mixin
    private LabProject project = new LabProject();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        List<String> labs = lab == null
                ? LabCatalogue.ids(project.root())
                : List.of(project.lab(lab).id());
        boolean well = true;
        for (String id : labs) {
            try {
                well &= LabVerifier.verify(project.root(), id, finding -> tell(id, finding)).stream()
                        .allMatch(LabVerifier.Finding::isWell);
            } catch (IOException broken) {
                well = false;
                project.tellBroken(id, broken);
            }
        }
        return well ? 0 : Brkmap.FAILED;
    }

    private void tell(String id, LabVerifier.Finding finding) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(id + " " + finding.name() + ": " + (finding.isWell() ? "well" : "WRONG") + ", earns "
                + finding.earned());
        finding.wrong().forEach(wrong -> out.println("    " + wrong));
        out.flush();
    }
}
