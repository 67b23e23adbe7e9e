package org.brkmap.bench;

import java.io.IOException;
import java.nio.file.Path;
import org.brkmap.toolchain.BuildRequest;
import org.brkmap.toolchain.BuiltProgram;
import org.brkmap.toolchain.CCompiler;
import org.brkmap.toolchain.ProjectFiles;

/** Builds the samples that are measured. */
record Programs(ProjectFiles project, CCompiler compiler) {
    static Programs find() throws IOException, InterruptedException {
        ProjectFiles project = ProjectFiles.find()
                .orElseThrow(() -> new IOException("the benchmark needs brkmap's own folder: run it from there"));
        return new Programs(project, CCompiler.find());
    }

    BuildRequest request(String name) {
        Path source = project.sampleC().resolve(name).resolve(name + ".c");
        return BuildRequest.of(source, project.target().resolve("bench"));
    }

    BuiltProgram build(BuildRequest request) throws IOException, InterruptedException {
        return compiler.build(request);
    }

    String path(String name, String... flags) throws IOException, InterruptedException {
        BuildRequest request = request(name);
        for (String flag : flags) {
            request = request.flag(flag);
        }
        return build(request).executable().toString();
    }
}
