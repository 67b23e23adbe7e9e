package org.brkmap.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.brkmap.analyse.Analysis;
import org.brkmap.model.AllocatorCall;
import org.brkmap.model.CallSite;
import org.brkmap.model.MemoryEvent;
import org.brkmap.model.Observation;
import org.brkmap.model.UserCall;
import org.brkmap.toolchain.SourceFiles;
import org.jspecify.annotations.Nullable;

/** Puts the sources of a program that the user built into its report, where they lie where the user works. */
final class ShownSources {
    private ShownSources() {}

    /** The same analysis, with the texts of the files whose lines made its calls, as far as they may be shown. */
    static Analysis in(Analysis analysis) {
        Observation seen = analysis.observation();
        if (seen.program().argv().isEmpty() || !seen.program().sources().isEmpty()) {
            return analysis;
        }
        Set<String> files = new LinkedHashSet<>();
        Stream.concat(
                        seen.events().stream().map(MemoryEvent::cause),
                        seen.allocations().stream().map(AllocatorCall::call))
                .forEach(call -> add(files, call));
        try {
            Path here = Path.of("").toAbsolutePath();
            Path program = here.resolve(seen.program().argv().get(0));
            Path home = program.getParent();
            SourceFiles sources = new SourceFiles(program, home == null ? List.of(here) : List.of(here, home));
            return new Analysis(seen.withSources(sources.read(files)), analysis.changes());
        } catch (InvalidPathException e) {
            return analysis; // an argument that no file can be called
        }
    }

    private static void add(Set<String> files, @Nullable UserCall call) {
        CallSite site = call == null ? null : call.site();
        if (site != null && site.file() != null) {
            files.add(site.file());
        }
    }
}
