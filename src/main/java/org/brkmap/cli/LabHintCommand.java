package org.brkmap.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.brkmap.lab.ExerciseInfo;
import org.brkmap.lab.LabProgress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code brkmap lab hint}: the next hint for an exercise. */
@Command(
        name = "hint",
        mixinStandardHelpOptions = true,
        description = {
            "Gives the next hint for an exercise, and notes that you have taken it. Each says more than the one before;"
                    + " once all are taken, all are shown.",
            "",
            "Taken hints are listed in the lab's report."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:done",
            "1:the lab cannot be read, or that the hint was taken cannot be noted",
            "2:the command was not understood, or there is no such lab or exercise"
        },
        footerHeading = "%nTry:%n",
        footer = "  ./brkmap lab hint lab2 grow")
final class LabHintCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "LAB", description = "The lab, as ./brkmap lab list names it.")
    private String lab = "";

    @Parameters(index = "1", paramLabel = "EXERCISE", description = "The exercise, as ./brkmap lab status names it.")
    private String exercise = "";

    @Mixin
    private LabProject project = new LabProject();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        ExerciseInfo info = project.exercise(project.lab(lab), exercise);
        PrintWriter out = spec.commandLine().getOut();
        List<String> hints = info.hints();
        if (hints.isEmpty()) {
            out.println(exercise + " has no hints: run the lab, and read what it shows.");
            out.flush();
            return 0;
        }
        LabProgress progress = LabProgress.open(project.root(), lab);
        Optional<String> next = progress.takeHint(info);
        if (next.isPresent()) {
            progress.save();
            out.println("Hint " + progress.hintsTaken(exercise) + " of " + hints.size() + ": " + next.get());
        } else {
            out.println("All hints for " + exercise + " are taken:");
            for (int i = 0; i < hints.size(); i++) {
                out.println("Hint " + (i + 1) + " of " + hints.size() + ": " + hints.get(i));
            }
        }
        out.flush();
        return 0;
    }
}
