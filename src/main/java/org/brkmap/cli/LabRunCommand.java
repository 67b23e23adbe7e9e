package org.brkmap.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.brkmap.evidence.CheckStatus;
import org.brkmap.evidence.LabDocument;
import org.brkmap.lab.LabInfo;
import org.brkmap.lab.LabRunner;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code brkmap lab run}: runs a lab, or some of its exercises. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = {
            "Builds a lab's programs, observes them, judges what you have done, and writes the report.",
            "",
            "With exercises named, runs those alone. The report keeps the others as they last came out, and what the named"
                    + " ones build on counts so, too.",
            "",
            "With --all, runs every lab, one after the other, and prints one table: points, checks, time and report."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:no check failed; what is not begun is skipped",
            "1:a check failed, or the lab could not be run",
            "2:the command was not understood, or there is no such lab or exercise"
        },
        footerHeading = "%nTry:%n",
        footer = {"  ./brkmap lab run lab2", "  ./brkmap lab run lab2 mapped-length grow", "  ./brkmap lab run --all"})
final class LabRunCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "LAB",
            description = "The lab, as ./brkmap lab list names it.")
    private @Nullable String lab;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "EXERCISE",
            description = "Exercises, as ./brkmap lab status LAB names them (default: the whole lab).")
    private List<String> exercises = List.of();

    @Option(names = "--all", description = "Run every lab.")
    private boolean all;

    @Mixin
    private LabProject project = new LabProject();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (all && lab != null) {
            throw project.misuse("Name a lab, or say --all: not both.");
        }
        if (all) {
            return new AllLabs(project, Console.of(spec)).run() ? 0 : Brkmap.FAILED;
        }
        if (lab == null) {
            throw project.misuse("Which lab? Name one, as ./brkmap lab list does, or say --all.");
        }
        LabInfo info = project.lab(lab);
        exercises.forEach(exercise -> project.exercise(info, exercise));
        LabDocument document;
        Console console = Console.of(spec);
        try (PrintStream out =
                new PrintStream(new LineStream(console.out(), console.tableWidth()), false, StandardCharsets.UTF_8)) {
            document = LabRunner.in(project.root()).run(info.id(), Set.copyOf(exercises), out);
        }
        boolean failed = document.checks().stream().anyMatch(check -> check.status() == CheckStatus.FAILED);
        return failed ? Brkmap.FAILED : 0;
    }
}
