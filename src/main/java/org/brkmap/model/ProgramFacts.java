package org.brkmap.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was observed, and how it was built and launched. Immutable.
 *
 * @param flags the compiler's flags, or null if the program was not built here
 * @param probed whether the malloc probe was preloaded
 */
public record ProgramFacts(
        List<String> argv,
        List<SourceText> sources,
        @Nullable String flags,
        Limits limits,
        boolean probed) {
    public ProgramFacts {
        argv = List.copyOf(argv);
        sources = List.copyOf(sources);
    }
}
