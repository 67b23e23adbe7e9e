package org.brkmap.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.brkmap.lab.LabInfo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code brkmap lab open}: where a lab's handout and report are. */
@Command(
        name = "open",
        mixinStandardHelpOptions = true,
        description = "Tells where a lab's handout and report are.",
        footerHeading = "%nTry:%n",
        footer = "  ./brkmap lab open lab2")
final class LabOpenCommand implements Callable<Integer> {
    @Parameters(paramLabel = "LAB", description = "The lab, as ./brkmap lab list names it.")
    private String lab = "";

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
        out.println("handout: " + info.folder().resolve("README.md"));
        out.println(
                "report:  " + (Files.exists(report) ? report : "none yet; it is written by ./brkmap lab run " + lab));
        out.flush();
        return 0;
    }
}
