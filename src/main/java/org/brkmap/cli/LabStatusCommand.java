package org.brkmap.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.brkmap.evidence.CheckStatus;
import org.brkmap.evidence.FactsJson;
import org.brkmap.lab.ExerciseInfo;
import org.brkmap.lab.LabInfo;
import org.brkmap.lab.LabProgress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:done",
            "1:the lab or your progress in it cannot be read",
            "2:the command was not understood, or there is no such lab"
        },
        footerHeading = "%nTry:%n",
        footer = {
            "  ./brkmap lab status lab2",
            "  ./brkmap lab run lab2 grow        then: one exercise, judged anew",
            "  ./brkmap lab status lab2 --json | jq '.exercises[] | select(.state != \"passed\")'"
        })
final class LabStatusCommand implements Callable<Integer> {
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
        LabProgress progress = LabProgress.open(project.root(), lab);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.print(FactsJson.write(facts(info, progress)));
            out.flush();
            return 0;
        }
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

    private static Map<String, @Nullable Object> facts(LabInfo info, LabProgress progress) {
        List<Map<String, @Nullable Object>> exercises = new ArrayList<>();
        for (ExerciseInfo exercise : info.exercises()) {
            String id = exercise.id();
            Map<String, @Nullable Object> facts = new LinkedHashMap<>();
            facts.put("exercise", id);
            facts.put("title", exercise.title());
            facts.put("kind", exercise.kind().title());
            facts.put("extra", exercise.extra());
            facts.put("earned", progress.earned(id));
            facts.put("points", exercise.points());
            facts.put("state", progress.status(id).map(CheckStatus::title).orElse(null));
            facts.put("attempts", progress.attempts(id));
            facts.put("hintsTaken", progress.hintsTaken(id));
            facts.put("hints", exercise.hints().size());
            exercises.add(facts);
        }
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("schema", "brkmap/lab/1");
        facts.put("lab", info.id());
        facts.put("title", info.title());
        facts.put("earned", LabProject.earned(info, progress));
        facts.put("points", info.points());
        facts.put("exercises", exercises);
        return facts;
    }
}
