package org.brkmap.browser;

import java.nio.file.Path;
import org.brkmap.analyse.Analyser;
import org.brkmap.analyse.Analysis;
import org.brkmap.evidence.RunDocument;
import org.brkmap.observe.Launch;
import org.brkmap.observe.Observer;
import org.brkmap.toolchain.BuildRequest;
import org.brkmap.toolchain.BuiltProgram;
import org.brkmap.toolchain.CCompiler;

/** Real runs to look at. */
final class Examples {
    private static RunDocument allocation;

    private Examples() {}

    /** Ten blocks of 32 KiB, taken one at a key, the last of them freed. */
    static synchronized RunDocument allocation() throws Exception {
        if (allocation == null) {
            Path builds = Path.of("target", "browser", "programs");
            BuiltProgram program = CCompiler.find()
                    .build(BuildRequest.of(Path.of("sample-c/alloc_size/alloc_size.c"), builds)
                            .define("STEPS", 10)
                            .define("SIZE", 32 * 1024));
            Analysis analysis = Analyser.analyse(
                    Observer.observe(Launch.of(program.executable().toString())
                            .builtFrom(program.sources(), program.flags(), program.compiler())));
            allocation = RunDocument.of("alloc_size, 32 KiB × 10", analysis);
        }
        return allocation;
    }
}
