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
    private static RunDocument family;

    private Examples() {}

    /** Ten blocks of 32 KiB, taken one at a key, the last of them freed. */
    static synchronized RunDocument allocation() throws Exception {
        if (allocation == null) {
            allocation = run(
                    "alloc_size, 32 KiB × 10",
                    request("alloc_size").define("STEPS", 10).define("SIZE", 32 * 1024));
        }
        return allocation;
    }

    /** A parent and its child, which share a page. */
    static synchronized RunDocument family() throws Exception {
        if (family == null) {
            family = run("cells", request("cells"));
        }
        return family;
    }

    private static BuildRequest request(String sample) {
        return BuildRequest.of(Path.of("sample-c", sample, sample + ".c"), Path.of("target", "browser", "programs"));
    }

    private static RunDocument run(String name, BuildRequest request) throws Exception {
        BuiltProgram program = CCompiler.find().build(request);
        Analysis analysis =
                Analyser.analyse(Observer.observe(Launch.of(program.executable().toString())
                        .builtFrom(program.sources(), program.flags(), program.compiler())));
        return RunDocument.of(name, analysis);
    }
}
