package org.brkmap.toolchain;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How programs are run that others wrote, or that read what others wrote: compilers, binutils, and the programs under
 * observation. {@link Confined} says whether one is in force. Thread-safe.
 */
public interface Confinement {
    /**
     * What is to be run.
     *
     * @param argv an absolute path, and the arguments
     * @param directory where it runs
     * @param environment all that it gets
     * @param outputs directories it may write to; null for those that a lab keeps for the programs of students
     * @param tracing whether it may trace its own children, as a debugger must
     */
    record Command(
            List<String> argv,
            Path directory,
            Map<String, String> environment,
            @Nullable List<Path> outputs,
            boolean tracing) {
        public Command {
            argv = List.copyOf(argv);
            environment = Map.copyOf(environment);
            outputs = outputs == null ? null : List.copyOf(outputs);
        }
    }

    /**
     * The command that runs it confined. It is to be started with an empty environment and with its standard streams alone, by
     * the thread that waits for it: it ends with that thread.
     *
     * @throws IOException if it cannot be confined as promised; it must not be run then
     */
    List<String> confine(Command command) throws IOException;

    /** What ends a compiler here, in a few words, for the message that it was ended. */
    String bounds();
}
