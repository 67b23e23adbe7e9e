package org.brkmap.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.brkmap.rerun.RerunWorker;
import org.brkmap.sandbox.Tier;
import org.brkmap.toolchain.ProjectFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code brkmap grade worker}: the other end of {@code grade rerun}; nobody types it. */
@Command(name = "worker", hidden = true, description = "Runs labs in a sandbox for brkmap grade rerun.")
final class GradeWorkerCommand implements Callable<Integer> {
    @Option(names = "--job", required = true, description = "The folder with a student's files.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path job;

    @Option(names = "--tier", required = true, description = "The tier of the sandbox.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Tier tier;

    @Option(names = "--segments", description = "Show System V segments outside of the sandbox.")
    private boolean segments;

    @Option(names = "--group", description = "An entry of the control group that programs enter.")
    private List<Path> groups = List.of();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path root = ProjectFiles.find()
                .orElseThrow(() -> new IOException("there are no labs here"))
                .root();
        PrintStream answers = System.out;
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        RerunWorker.serve(root, job, tier, segments, groups, orders, answers);
        return 0;
    }
}
