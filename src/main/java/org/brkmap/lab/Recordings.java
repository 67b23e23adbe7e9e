package org.brkmap.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.brkmap.analyse.Analysis;
import org.brkmap.evidence.LabDocument;
import org.brkmap.evidence.RunDocument;
import org.brkmap.model.Observation;
import org.brkmap.model.ProcessLayout;
import org.brkmap.model.ProgramFacts;
import org.brkmap.model.Snapshot;
import org.brkmap.model.SourceText;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/**
 * The runs in a report, given out in the place of programs: each only for the recipe that it says it was made by, with the lab's
 * own sources but for those that students edit. Everything in it was written by a student. Not thread-safe.
 */
final class Recordings {
    /** Sources of labs, which do not change while reports are judged. */
    private static final Map<Path, String> TEXTS = new ConcurrentHashMap<>();

    private final Path root;
    private final Path folder;
    private final Map<String, RunDocument> runs = new HashMap<>();

    Recordings(Path root, String lab, LabDocument report) {
        this.root = root;
        this.folder = root.resolve("labs").resolve(lab);
        report.runs().forEach(run -> runs.putIfAbsent(run.name(), run));
    }

    /**
     * The run that this recipe would make.
     *
     * @param watched whether the check looks at the process while it stands still
     * @throws TestAbortedException if the report has none
     * @throws AssertionError if the report has one, and it was made otherwise
     */
    Analysis find(Recipe recipe, boolean watched) {
        if (watched) {
            throw new TestAbortedException("it looks at the running process");
        }
        RunDocument run = runs.get(recipe.name());
        if (run == null) {
            throw new TestAbortedException("the report does not hold the run \"" + recipe.name() + "\"");
        }
        ProgramFacts program = run.observation().program();
        require(recipe, endsWith(program.argv(), recipe.arguments()), "with other arguments");
        require(recipe, program.probed() == recipe.probed(), recipe.probed() ? "without the probe" : "with the probe");
        String flags = String.valueOf(program.flags());
        require(
                recipe,
                recipe.installed()
                        || recipe.defines().entrySet().stream()
                                .allMatch(each -> flags.contains("-D" + each.getKey() + "=" + each.getValue())),
                "with other definitions");
        require(recipe, recipe.flags().stream().allMatch(flags::contains), "with other flags");
        if (!recipe.installed()) {
            List<String> sources = new ArrayList<>(List.of(recipe.source()));
            sources.addAll(recipe.more());
            sources.forEach(source -> requireSource(recipe, program, source));
        }
        return new Analysis(unnamed(run.observation()), run.analysis().changes());
    }

    /** Leaves the exercise unless the report holds the student's version of the file, and it is not the starter's. */
    void requireEdited(String file, String task) {
        String text = runs.values().stream()
                .map(run -> text(run.observation().program(), file))
                .filter(found -> found != null)
                .findFirst()
                .orElseThrow(() -> new TestAbortedException(file + " is not in the report"));
        if (text.equals(ours(starter(file)))) {
            throw new NotStarted("open " + file + ": " + task);
        }
    }

    private void requireSource(Recipe recipe, ProgramFacts program, String source) {
        String said = text(program, source);
        require(recipe, said != null, "from other sources");
        boolean students = Files.exists(starter(source));
        String ours = ours(root.resolve(source));
        require(recipe, students || ours == null || ours.equals(said), "from another " + source + " than the lab's");
    }

    private static void require(Recipe recipe, boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError("the report's run \"" + recipe.name() + "\" was made " + otherwise);
        }
    }

    private static boolean endsWith(List<String> argv, List<String> arguments) {
        int from = argv.size() - arguments.size();
        return from >= 1 && argv.subList(from, argv.size()).equals(arguments);
    }

    private Path starter(String file) {
        return folder.resolve("starter").resolve(file.substring(file.lastIndexOf('/') + 1));
    }

    /** The text of a source as the run was made of it, or null. */
    private static @Nullable String text(ProgramFacts program, String file) {
        String name = file.substring(file.lastIndexOf('/') + 1);
        for (SourceText source : program.sources()) {
            if (source.name().equals(name) || source.name().endsWith("/" + name)) {
                return source.text().replace("\r\n", "\n");
            }
        }
        return null;
    }

    private static @Nullable String ours(Path file) {
        String known = TEXTS.get(file);
        if (known == null && Files.exists(file)) {
            try {
                known = new String(Files.readAllBytes(file), StandardCharsets.UTF_8).replace("\r\n", "\n");
                TEXTS.put(file, known);
            } catch (IOException e) {
                throw new TestAbortedException(file + " cannot be read: " + e.getMessage(), e);
            }
        }
        return known;
    }

    /** Without the paths of executables: a check that opens what a report names would open a file of ours. */
    private static Observation unnamed(Observation seen) {
        List<Snapshot> snapshots =
                seen.snapshots().stream().map(Recordings::unnamed).toList();
        return new Observation(
                seen.program(),
                seen.host(),
                seen.transcript(),
                snapshots,
                seen.events(),
                seen.allocations(),
                seen.allocationsDropped(),
                seen.ending(),
                seen.notes());
    }

    private static Snapshot unnamed(Snapshot snapshot) {
        ProcessLayout layout = snapshot.layout();
        return layout == null ? snapshot : snapshot.withLayout(layout.withoutExecutable());
    }
}
