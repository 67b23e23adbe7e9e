package org.brkmap.toolchain;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Makes the targets of a makefile (make(1)) within limits. Immutable and thread-safe. */
public final class Make {
    private static final Duration WALL_LIMIT = Duration.ofMinutes(2);

    private final Path program;

    private Make(Path program) {
        this.program = program;
    }

    /**
     * The make on the PATH.
     *
     * @throws MissingToolException if it is not installed
     */
    public static Make find() throws MissingToolException {
        return find(System.getenv().getOrDefault("PATH", ""));
    }

    static Make find(String path) throws MissingToolException {
        return new Make(Tool.find("make", path)
                .orElseThrow(() -> new MissingToolException("make", "to build what has a makefile of its own")));
    }

    /**
     * Makes targets of the makefile in a directory.
     *
     * @param targets names, or variables as {@code NAME=VALUE}; none for the makefile's first target
     * @return what was printed
     * @throws BuildException if it fails or takes longer than two minutes, with the words of make and of the compiler
     */
    public String run(Path directory, List<String> targets) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString(), "--no-print-directory"));
        command.addAll(targets);
        ToolResult result = Tool.of(command).in(directory).wallLimit(WALL_LIMIT).run();
        if (result.succeeded()) {
            return result.stdout();
        }
        String words = result.stdout() + result.stderr();
        String what = "make " + String.join(" ", targets);
        throw new BuildException(
                what.strip() + " failed in " + directory + (result.timedOut() ? ": it took too long" : ""),
                DiagnosticParser.parse(words),
                words);
    }
}
