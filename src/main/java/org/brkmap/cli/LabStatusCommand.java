package org.brkmap.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.brkmap.evidence.CheckStatus;
import org.brkmap.lab.ExerciseInfo;
import org.brkmap.lab.LabInfo;
import org.brkmap.lab.LabProgress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code brkmap lab status}: how far a student is in a lab. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = {
            "Tells of each exercise of a lab what it asks for, what it last earned, and how it last came out."
                    + " Runs nothing: after a change, run the lab first.",
            "",
            "An attempt is an answer or a version of a program that was judged; one that is only malformed costs none."
        },
        footerHeading = "%nThen:%n",
        footer = "  ./brkmap lab run lab2 grow        one exercise, judged anew")
final class LabStatusCommand implements Callable<Integer> {
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
        LabProgress progress = LabProgress.open(project.root(), lab);
        PrintWriter out = spec.commandLine().getOut();
        int width = info.exercises().stream()
                .mapToInt(exercise -> exercise.id().length())
                .max()
                .orElse(0);
        String form = "%-" + Math.max(width, "exercise".length()) + "s  %-8s  %9s  %-11s  %8s  %5s";
        out.println(info.title());
        out.println();
        out.println(String.format(Locale.ROOT, form, "exercise", "kind", "points", "state", "attempts", "hints"));
        for (ExerciseInfo exercise : info.exercises()) {
            String id = exercise.id();
            out.println(String.format(
                    Locale.ROOT,
                    form,
                    id,
                    exercise.kind().title(),
                    progress.earned(id) + " of " + exercise.points(),
                    progress.status(id).map(CheckStatus::title).orElse("never run"),
                    progress.attempts(id),
                    progress.hintsTaken(id) + "/" + exercise.hints().size()));
        }
        out.println();
        out.println("Score: " + LabProject.earned(info, progress) + " of " + info.points() + " points");
        out.flush();
        return 0;
    }
}
