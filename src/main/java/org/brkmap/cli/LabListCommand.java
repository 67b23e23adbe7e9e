package org.brkmap.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.brkmap.lab.LabCatalogue;
import org.brkmap.lab.LabInfo;
import org.brkmap.lab.LabProgress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code brkmap lab list}: the labs there are. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists the labs: name, points earned of those possible, and title.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:all labs are listed", "1:one could not be read; standard error says which, and why"},
        footerHeading = "%nThen:%n",
        footer = "  ./brkmap lab status lab2          the exercises of one")
final class LabListCommand implements Callable<Integer> {
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
        for (String id : LabCatalogue.ids(root)) {
            try {
                LabInfo lab = LabCatalogue.lab(root, id);
                int earned = LabProject.earned(lab, LabProgress.open(root, id));
                out.println(String.format(
                        Locale.ROOT, "%-8s %3d of %3d points  %s", id, earned, lab.points(), lab.title()));
            } catch (IOException broken) {
                // One broken lab says nothing about the others.
                all = false;
                out.flush();
                project.tellBroken(id, broken);
            }
        }
        out.flush();
        return all ? 0 : Brkmap.FAILED;
    }
}
