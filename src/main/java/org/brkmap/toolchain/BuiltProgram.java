package org.brkmap.toolchain;

import java.nio.file.Path;
import java.util.List;
import org.brkmap.model.SourceText;

/**
 * A program that was built, and what it was built from. Immutable.
 *
 * @param executable absolute path of the program
 * @param sources its C files as they were when it was built
 * @param flags the flags, as a person would type them
 * @param compiler first line of the compiler's version
 * @param warnings what the compiler warned of
 */
public record BuiltProgram(
        Path executable, List<SourceText> sources, String flags, String compiler, List<Diagnostic> warnings) {
    public BuiltProgram {
        sources = List.copyOf(sources);
        warnings = List.copyOf(warnings);
    }
}
