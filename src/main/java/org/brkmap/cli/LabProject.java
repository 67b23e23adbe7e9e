package org.brkmap.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.brkmap.lab.ExerciseInfo;
import org.brkmap.lab.LabCatalogue;
import org.brkmap.lab.LabInfo;
import org.brkmap.lab.LabProgress;
import org.brkmap.toolchain.ProjectFiles;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The checkout whose labs a command is about, and what in it a user has named. */
final class LabProject {
    @Option(
            names = "--project",
            paramLabel = "DIR",
            description = "The checkout that holds the labs (default: the one that brkmap is run from).")
    private @Nullable Path project;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /**
     * The folder that labs/ lies in.
     *
     * @throws IOException if brkmap is not run from a checkout, and none was named
     */
    Path root() throws IOException {
        if (project != null) {
            if (!Files.isDirectory(project.resolve("labs"))) {
                throw misuse("--project " + project + ": there is no folder labs in it.");
            }
            return project.toAbsolutePath().normalize();
        }
        return ProjectFiles.find()
                .orElseThrow(
                        () -> new IOException(
                                "there are no labs here: brkmap is not run from a checkout of its sources. Name one: --project DIR"))
                .root();
    }

    /** The lab of this id, which must be one. */
    LabInfo lab(String id) throws IOException {
        List<String> ids = LabCatalogue.ids(root());
        if (!ids.contains(id)) {
            String nearest = LabCatalogue.nearest(root(), id);
            throw misuse("There is no lab \"" + id + "\""
                    + (nearest == null
                            ? "; the labs are: " + String.join(", ", ids)
                            : "; did you mean \"" + nearest + "\"?"));
        }
        return LabCatalogue.lab(root(), id);
    }

    /** The exercise of this id, which must be one of the lab's. */
    ExerciseInfo exercise(LabInfo lab, String id) {
        return lab.exercise(id)
                .orElseThrow(() -> misuse("Lab \"" + lab.id() + "\" has no exercise \"" + id + "\""
                        + lab.nearest(id)
                                .map(nearest -> "; did you mean \"" + nearest + "\"?")
                                .orElseGet(() -> "; it has: "
                                        + String.join(
                                                ", ",
                                                lab.exercises().stream()
                                                        .map(ExerciseInfo::id)
                                                        .toList()))));
    }

    /** Says on standard error why a lab is left out. */
    void tellBroken(String lab, IOException why) {
        spec.commandLine().getErr().println("brkmap: " + lab + " is left out: " + why.getMessage());
        spec.commandLine().getErr().flush();
    }

    /** What the lab's exercises last earned, together. */
    static int earned(LabInfo lab, LabProgress progress) {
        return lab.exercises().stream()
                .mapToInt(exercise -> progress.earned(exercise.id()))
                .sum();
    }

    ParameterException misuse(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
