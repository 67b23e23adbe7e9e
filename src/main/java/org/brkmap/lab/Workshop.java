package org.brkmap.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.brkmap.analyse.Analyser;
import org.brkmap.analyse.Analysis;
import org.brkmap.evidence.AnswerHost;
import org.brkmap.evidence.RunDocument;
import org.brkmap.model.Ending;
import org.brkmap.model.Snapshot;
import org.brkmap.observe.Launch;
import org.brkmap.observe.Observer;
import org.brkmap.toolchain.BuildException;
import org.brkmap.toolchain.BuildRequest;
import org.brkmap.toolchain.BuiltProgram;
import org.brkmap.toolchain.CCompiler;
import org.brkmap.toolchain.MissingToolException;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/**
 * Builds and observes a lab's programs, each recipe once. What stands in the way fails the first check that meets it,
 * and leaves the others that need the same not checked. Thread-safe.
 */
final class Workshop {
    private static final String COMPILER = "compiler";
    private static final String OBSERVER = "observer";

    private final Path root;
    private final String lab;
    private final @Nullable Recordings recordings;
    private @Nullable CCompiler compiler;
    private final Map<Recipe, Analysis> observed = new HashMap<>();
    private final Map<BuildRequest, BuiltProgram> built = new HashMap<>();
    /** How a comparison with an untraced run came out. */
    private final Map<Recipe, String> compared = new HashMap<>();

    private final Map<Recipe, CheckFailure> different = new HashMap<>();
    private final List<RunDocument> kept = new ArrayList<>();
    /** What stood in the way, in a few words, by what it was: the compiler, a source, a recipe. */
    private final Map<Object, String> obstacles = new HashMap<>();

    Workshop(Path root, String lab) {
        this(root, lab, null);
    }

    /**
     * A workshop of this project.
     *
     * @param recordings the runs to give out in the place of programs; null to build and observe them
     */
    Workshop(Path root, String lab, @Nullable Recordings recordings) {
        this.root = root;
        this.lab = lab;
        this.recordings = recordings;
    }

    @Nullable Recordings recordings() {
        return recordings;
    }

    /** Leaves a check that looks at the student's files, where there is a report only. */
    void requireProject() {
        if (recordings != null) {
            throw new TestAbortedException("it looks at files, which are not in the report");
        }
    }

    Path root() {
        return root;
    }

    /** What answers about a map depend on; null before anything was observed that tells. */
    synchronized @Nullable AnswerHost host() {
        return observed.values().stream()
                .map(run -> AnswerHost.of(run.observation().host()))
                .flatMap(Stream::ofNullable)
                .findFirst()
                .orElse(null);
    }

    /** The runs that the report shows, in the order they were made. */
    synchronized List<RunDocument> runs() {
        return List.copyOf(kept);
    }

    /** Whether the report shows a run of this name. */
    synchronized boolean hasRun(String name) {
        return kept.stream().anyMatch(run -> run.name().equals(name));
    }

    synchronized BuiltProgram build(Recipe recipe) {
        requireProject();
        stopAt(COMPILER);
        stopAt(recipe.built());
        BuildRequest request = BuildRequest.of(root.resolve(recipe.source()), root.resolve("target/programs"));
        for (String source : recipe.more()) {
            request = request.source(root.resolve(source));
        }
        for (Map.Entry<String, String> define : recipe.defines().entrySet()) {
            request = request.define(define.getKey(), define.getValue());
        }
        for (String flag : recipe.flags()) {
            request = request.flag(flag);
        }
        BuiltProgram known = built.get(request);
        if (known != null) {
            return known;
        }
        try {
            BuiltProgram program = compiler().build(request);
            built.put(request, program);
            return program;
        } catch (MissingToolException e) {
            throw missing(e);
        } catch (BuildException e) {
            obstacles.put(recipe.built(), recipe.sourceName() + " does not compile");
            throw CheckFailure.doesNotCompile(recipe, e, lab);
        } catch (IOException e) {
            throw CheckFailure.notBuilt(recipe, e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    synchronized Analysis observe(Recipe recipe) {
        Analysis known = observed.get(recipe);
        if (known == null) {
            known = observe(recipe, null);
            observed.put(recipe, known);
        }
        return known;
    }

    /** Observes anew, and shows each snapshot while the program stands still. */
    synchronized Analysis observe(Recipe recipe, @Nullable Consumer<Snapshot> look) {
        stopAt(OBSERVER);
        stopAt(recipe);
        if (recordings != null) {
            return ended(recipe, recordings.find(recipe, look != null));
        }
        BuiltProgram program = recipe.installed() ? null : build(recipe);
        Analysis run;
        try {
            run = Analyser.analyse(Observer.observe(
                    look == null
                            ? launch(recipe, program)
                            : launch(recipe, program).withLook(look)));
        } catch (MissingToolException e) {
            throw missing(e);
        } catch (IOException e) {
            // One that is not installed says nothing about the others.
            String what = recipe.installed() ? recipe.source() + " cannot be observed" : "programs cannot be observed";
            obstacles.put(recipe.installed() ? recipe : OBSERVER, what + " here");
            throw new TestAbortedException(what + " here: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        return ended(recipe, run);
    }

    /** The run, if its ending is one that counts. */
    private Analysis ended(Recipe recipe, Analysis run) {
        Ending ending = run.observation().ending();
        if (recipe.kept() || !ending.isSuccess()) {
            kept.add(RunDocument.of(recipe.name(), run));
        }
        if (!ending.isSuccess() && !(recipe.anyEnding() && ending.endedBy() == null)) {
            // A hang takes the whole time limit, and once is enough.
            Object obstacle = ending.endedBy() == null ? recipe : recipe.built();
            obstacles.put(obstacle, recipe.sourceName() + " did not end well: " + ending.describe());
            throw CheckFailure.endedBadly(recipe, run);
        }
        return run;
    }

    /** Whether students write this program: a file of the same name is among what they begin with. */
    boolean isStudents(Recipe recipe) {
        Path folder = Path.of("labs", lab);
        return Stream.concat(Stream.of(recipe.source()), recipe.more().stream())
                .map(Path::of)
                .filter(source -> source.startsWith(folder))
                .anyMatch(source -> Files.exists(root.resolve(folder)
                        .resolve("starter")
                        .resolve(folder.relativize(source).toString())));
    }

    /**
     * Runs the program once more without a tracer and without a probe, and compares; once for each recipe.
     *
     * @param prepare makes everything as it is before a run
     * @return what was found: alike, or not compared, and why
     * @throws CheckFailure if it behaves differently then
     */
    synchronized String compareUntraced(Recipe recipe, Analysis traced, Runnable prepare) {
        CheckFailure failure = different.get(recipe);
        if (failure != null) {
            throw failure;
        }
        String known = compared.get(recipe);
        if (known == null) {
            known = new Untraced(launch(recipe, build(recipe)), prepare).compare(traced, what -> {
                CheckFailure found = CheckFailure.behavesDifferently(recipe, what);
                different.put(recipe, found);
                return found;
            });
            compared.put(recipe, known);
        }
        return known;
    }

    private CCompiler compiler() throws IOException, InterruptedException {
        CCompiler found = compiler;
        if (found == null) {
            found = CCompiler.find();
            compiler = found;
        }
        return found;
    }

    private Launch launch(Recipe recipe, @Nullable BuiltProgram program) {
        List<String> command = new ArrayList<>();
        command.add(program == null ? recipe.source() : program.executable().toString());
        command.addAll(recipe.arguments());
        if (!recipe.limits().isEmpty()) {
            command.addAll(0, List.of("sh", "-c", "ulimit " + recipe.limits() + " && exec \"$0\" \"$@\""));
        }
        Launch launch = Launch.of(command).withDirectory(root);
        if (program != null) {
            launch = launch.builtFrom(program.sources(), program.flags(), program.compiler());
        }
        if (!recipe.probed()) {
            launch = launch.withoutProbe();
        }
        if (!recipe.randomised()) {
            launch = launch.withoutRandomisation();
        }
        for (Map.Entry<String, String> variable : recipe.environment().entrySet()) {
            launch = launch.withEnvironment(variable.getKey(), variable.getValue());
        }
        return recipe.kept() ? launch : launch.withoutPages();
    }

    private void stopAt(Object obstacle) {
        String why = obstacles.get(obstacle);
        if (why != null) {
            throw new TestAbortedException(why);
        }
    }

    private CheckFailure missing(MissingToolException e) {
        obstacles.put(COMPILER, e.tool() + " is not installed");
        return CheckFailure.missing(e, lab);
    }

    private static TestAbortedException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new TestAbortedException("interrupted", e);
    }
}
