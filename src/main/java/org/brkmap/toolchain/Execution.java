package org.brkmap.toolchain;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.commons.exec.CommandLine;
import org.apache.commons.exec.DaemonExecutor;
import org.apache.commons.exec.ExecuteException;
import org.apache.commons.exec.ExecuteResultHandler;
import org.apache.commons.exec.Executor;
import org.apache.commons.exec.PumpStreamHandler;
import org.jspecify.annotations.Nullable;

/** One process under Commons Exec, from start to end; used once, by one thread. */
final class Execution {
    /** How long output may still come after the process has ended, from a descendant that keeps the pipe open. */
    private static final Duration LAST_WORDS = Duration.ofMillis(500);

    private final List<String> argv;
    private final Path directory;
    private final Map<String, String> environment;
    private final Duration wallLimit;
    private final String stdin;
    private final ProcessTree tree;
    private final Capture stdout;
    private final Capture stderr;
    private final CompletableFuture<@Nullable ExecuteException> ended = new CompletableFuture<>();

    Execution(
            List<String> argv,
            Path directory,
            Map<String, String> environment,
            Duration wallLimit,
            int outputLimit,
            String stdin) {
        this(argv, directory, environment, wallLimit, outputLimit, stdin, new ProcessTree());
    }

    Execution(
            List<String> argv,
            Path directory,
            Map<String, String> environment,
            Duration wallLimit,
            int outputLimit,
            String stdin,
            ProcessTree tree) {
        this.tree = tree;
        this.argv = argv;
        this.directory = directory;
        this.environment = environment;
        this.wallLimit = wallLimit;
        this.stdin = stdin;
        this.stdout = new Capture(outputLimit, tree::kill);
        this.stderr = new Capture(outputLimit, tree::kill);
    }

    ToolResult run() throws IOException, InterruptedException {
        PumpStreamHandler streams =
                new PumpStreamHandler(stdout, stderr, new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)));
        streams.setStopTimeout(LAST_WORDS);
        Executor executor = DaemonExecutor.builder()
                .setExecuteStreamHandler(streams)
                .setWorkingDirectory(directory.toAbsolutePath().toFile())
                .get();
        executor.setProcessDestroyer(tree);
        executor.setExitValues(null);
        executor.execute(new Verbatim(argv), environment, new Completion());
        try {
            return result(await(wallLimit), false);
        } catch (TimeoutException atTheLimit) {
            tree.kill();
            return result(awaitTheKilled(), true);
        } catch (InterruptedException interrupt) {
            tree.kill();
            throw interrupt;
        }
    }

    private @Nullable ExecuteException await(Duration limit) throws InterruptedException, TimeoutException {
        try {
            return ended.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private @Nullable ExecuteException awaitTheKilled() throws InterruptedException {
        try {
            return await(Duration.ofSeconds(10));
        } catch (TimeoutException e) {
            return null;
        }
    }

    private ToolResult result(@Nullable ExecuteException failure, boolean timedOut) throws IOException {
        Process process = tree.root();
        if (process == null) {
            throw new IOException("cannot start " + argv.get(0) + ": " + reason(failure), failure);
        }
        int exit = process.isAlive() ? 128 + 9 : process.exitValue();
        return new ToolResult(exit, stdout.text(), stderr.text(), timedOut, stdout.exceeded() || stderr.exceeded());
    }

    private static String reason(@Nullable ExecuteException failure) {
        Throwable cause = failure == null ? null : failure.getCause();
        return cause == null ? String.valueOf(failure) : String.valueOf(cause.getMessage());
    }

    private final class Completion implements ExecuteResultHandler {
        @Override
        public void onProcessComplete(int exitValue) {
            ended.complete(null);
        }

        @Override
        public void onProcessFailed(ExecuteException failure) {
            ended.complete(failure);
        }
    }

    /** Commons Exec would trim the arguments and turn backslashes of the program's name into slashes. */
    private static final class Verbatim extends CommandLine {
        private final List<String> argv;

        Verbatim(List<String> argv) {
            super("verbatim");
            this.argv = argv;
        }

        @Override
        public String[] toStrings() {
            return argv.toArray(String[]::new);
        }
    }
}
