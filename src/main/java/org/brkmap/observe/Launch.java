package org.brkmap.observe;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.brkmap.model.Limits;
import org.brkmap.model.Snapshot;
import org.brkmap.model.SourceText;
import org.jspecify.annotations.Nullable;

/**
 * What to observe, and how. Immutable; each {@code with…} returns a changed copy.
 *
 * @param command the program, by path or by name to be found on PATH, and its arguments
 * @param directory where it runs
 * @param environment set beside the scrubbed environment every target gets (PATH, HOME, LANG=C.UTF-8, TERM=dumb …)
 * @param input lines typed whenever it waits for its terminal, one each time; null to press Enter for as long as that
 *     changes anything
 * @param probe whether to preload the malloc probe, which names the call and the line behind a system call
 * @param pages whether to read the state of every page at each checkpoint
 * @param sources of the program, where it was built here
 * @param flags it was compiled with, or null
 * @param compiler it was built by, or null
 * @param look is shown every snapshot as soon as it was read, while all processes of the run stand still and what else
 *     {@code /proc} says of them can be read; by the tracer's thread. Roles are not known yet. Null for none, and not used
 *     where ptrace is refused
 */
public record Launch(
        List<String> command,
        Path directory,
        Map<String, String> environment,
        @Nullable List<String> input,
        Limits limits,
        boolean probe,
        boolean pages,
        boolean randomised,
        List<SourceText> sources,
        @Nullable String flags,
        @Nullable String compiler,
        @Nullable Consumer<Snapshot> look) {

    public Launch {
        command = List.copyOf(command);
        if (command.isEmpty() || command.get(0).isEmpty()) {
            throw new IllegalArgumentException("no program was named");
        }
        environment = Map.copyOf(environment);
        input = input == null ? null : List.copyOf(input);
        sources = List.copyOf(sources);
    }

    /** Observes this program with Enter pressed whenever it waits, the probe on, and the default limits. */
    public static Launch of(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(program);
        command.addAll(List.of(arguments));
        return of(command);
    }

    /** Like {@link #of(String, String...)}. */
    public static Launch of(List<String> command) {
        return new Launch(
                command,
                Path.of("").toAbsolutePath(),
                Map.of(),
                null,
                Limits.DEFAULT,
                true,
                true,
                true,
                List.of(),
                null,
                null,
                null);
    }

    public Launch withDirectory(Path newDirectory) {
        return copy(newDirectory, environment, input, limits, probe, pages, randomised);
    }

    public Launch withEnvironment(String name, String value) {
        Map<String, String> more = new TreeMap<>(environment);
        more.put(name, value);
        return copy(directory, more, input, limits, probe, pages, randomised);
    }

    /** Types these lines, one at each wait; then end of file. */
    public Launch withInput(List<String> lines) {
        return copy(directory, environment, lines, limits, probe, pages, randomised);
    }

    public Launch withLimits(Limits newLimits) {
        return copy(directory, environment, input, newLimits, probe, pages, randomised);
    }

    public Launch withoutProbe() {
        return copy(directory, environment, input, limits, false, pages, randomised);
    }

    public Launch withoutPages() {
        return copy(directory, environment, input, limits, probe, false, randomised);
    }

    /** Without address space layout randomisation (personality(2)). */
    public Launch withoutRandomisation() {
        return copy(directory, environment, input, limits, probe, pages, false);
    }

    /** Shows every snapshot to this while the program stands still. */
    public Launch withLook(Consumer<Snapshot> newLook) {
        return new Launch(
                command,
                directory,
                environment,
                input,
                limits,
                probe,
                pages,
                randomised,
                sources,
                flags,
                compiler,
                newLook);
    }

    /** Says how the program was built, for the record. */
    public Launch builtFrom(List<SourceText> newSources, @Nullable String newFlags, @Nullable String newCompiler) {
        return new Launch(
                command,
                directory,
                environment,
                input,
                limits,
                probe,
                pages,
                randomised,
                newSources,
                newFlags,
                newCompiler,
                look);
    }

    private Launch copy(
            Path newDirectory,
            Map<String, String> newEnvironment,
            @Nullable List<String> newInput,
            Limits newLimits,
            boolean newProbe,
            boolean newPages,
            boolean newRandomised) {
        return new Launch(
                command,
                newDirectory,
                newEnvironment,
                newInput,
                newLimits,
                newProbe,
                newPages,
                newRandomised,
                sources,
                flags,
                compiler,
                look);
    }
}
