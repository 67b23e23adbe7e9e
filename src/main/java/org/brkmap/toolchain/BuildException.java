package org.brkmap.toolchain;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.brkmap.toolchain.Diagnostic.Severity;

/** A program that could not be built. The message names each error's file, line and source line. */
public final class BuildException extends IOException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 10;

    private final transient List<Diagnostic> diagnostics;
    private final String words;

    BuildException(String what, List<Diagnostic> diagnostics, String words) {
        super(message(what, diagnostics, words));
        this.diagnostics = List.copyOf(diagnostics);
        this.words = words;
    }

    /** What the compiler and linker complained of, in their order; empty if their words were not understood. */
    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }

    /** The compiler's own words, verbatim. */
    public String words() {
        return words;
    }

    private static String message(String what, List<Diagnostic> diagnostics, String words) {
        List<Diagnostic> errors = diagnostics.stream()
                .filter(diagnostic -> diagnostic.severity() == Severity.ERROR)
                .toList();
        if (errors.isEmpty()) {
            return words.isBlank() ? what : what + "\n" + words.strip();
        }
        String shown = errors.stream().limit(SHOWN).map(Diagnostic::describe).collect(Collectors.joining("\n"));
        int more = errors.size() - SHOWN;
        return what + "\n" + shown + (more > 0 ? "\nand " + more + " more" : "");
    }
}
