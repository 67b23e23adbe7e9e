package lab7;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Recipe;
import org.brkmap.toolchain.Tool;
import org.jspecify.annotations.Nullable;

/**
 * A target, and a place beside it where programs are tried that read it and send it signals. No signal of theirs leaves that
 * place: it is a process namespace of its own where the machine lets us have one, and a filter of system calls in any case.
 * All that was started ends when it is closed, and when this JVM ends, however it does.
 */
final class Ground implements AutoCloseable {
    /** Where everything is written that this lab writes. */
    static final String FOLDER = "target/lab7/";

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int SIGKILL = 9;
    private static final List<String> APART = List.of("unshare", "-Urpmf", "--mount-proc", "--kill-child");
    private static @Nullable Boolean namespaces;

    private final Bench bench;
    private final Process process;
    private final OutputStream orders;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final Path output;
    private final int inner;
    private final int ground;
    private final Target target;

    /**
     * How a program ended.
     *
     * @param status its exit status, or minus the signal that ended it; null if it did not end in time, and was killed
     * @param said what it printed
     */
    record Ended(@Nullable Integer status, String said) {}

    private Ground(Bench bench, List<String> command) throws IOException {
        this.bench = bench;
        output = bench.file(FOLDER + "said.txt").toAbsolutePath();
        Files.createDirectories(bench.file(FOLDER));
        process = new ProcessBuilder(command)
                .directory(bench.file("").toAbsolutePath().toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        orders = process.getOutputStream();
        Thread listener = new Thread(this::listen, "brkmap-lab7");
        listener.setDaemon(true);
        listener.start();
        try {
            inner = number(await("target "), "target ");
            ProcessHandle server = apart() ? process.children().findFirst().orElseThrow() : process.toHandle();
            ground = (int) server.pid();
            target =
                    new Target((int) server.children().findFirst().orElseThrow().pid());
        } catch (IOException | RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /** Starts a target, and returns when it is ready and sleeps. */
    static Ground with(Bench bench, Recipe recipe) {
        List<String> command = new ArrayList<>(apart() ? APART : List.of());
        command.add(bench.build(Recipe.of("ground", "labs/lab7/ground.c"))
                .executable()
                .toString());
        command.add(bench.build(recipe).executable().toString());
        command.addAll(recipe.arguments());
        try {
            return new Ground(bench, command);
        } catch (IOException e) {
            throw bench.notChecked(recipe.name() + " cannot be started here: " + e.getMessage());
        }
    }

    /** Whether programs can be tried in namespaces of their own here. */
    private static synchronized boolean apart() {
        Boolean known = namespaces;
        if (known == null) {
            List<String> probe = new ArrayList<>(APART);
            probe.add("true");
            try {
                known = Tool.run(probe).succeeded();
            } catch (IOException e) {
                known = false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                known = false;
            }
            namespaces = known;
        }
        return known;
    }

    private void listen() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                answers.add(line);
            }
        } catch (IOException e) {
            answers.add("lost: " + e.getMessage());
        }
        answers.add("ended");
    }

    private String await(String wanted) throws IOException {
        String answer = poll();
        if (answer == null || !answer.startsWith(wanted)) {
            throw new IOException("the place it is tried in said \"" + answer + "\" instead of \"" + wanted + "\"");
        }
        return answer;
    }

    private @Nullable String poll() throws IOException {
        try {
            return answers.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static int number(String answer, String before) {
        return Integer.parseInt(answer.substring(before.length()));
    }

    /** The process that is read, as this JVM sees it. */
    Target target() {
        return target;
    }

    /** The target's number, as programs see it that are tried here. */
    String pid() {
        return Integer.toString(inner);
    }

    /** The process that waits for the programs that are tried: what they have read and written is added to its counts. */
    int waiting() {
        return ground;
    }

    /** Starts the student's program: no other may take its place, and kill(2) for more than one process ends it by SIGSYS. */
    void start(List<String> command) {
        order("guarded", command);
    }

    /** Runs a tool of the system to its end. */
    Ended tool(List<String> command) {
        order("free", command);
        return end();
    }

    private void order(String kind, List<String> command) {
        List<String> words = new ArrayList<>(List.of(kind, output.toString()));
        for (String word : command) {
            words.add(word.isEmpty() ? "\"\"" : word);
        }
        try {
            Files.deleteIfExists(output);
            send(String.join("\t", words));
            await("started ");
        } catch (IOException e) {
            throw bench.notChecked("nothing can be tried here: " + e.getMessage());
        }
    }

    /** Sends a signal to the program that was started. */
    void signal(int number) {
        try {
            send("signal\t" + number);
        } catch (IOException e) {
            throw bench.notChecked("nothing can be tried here: " + e.getMessage());
        }
    }

    private void send(String line) throws IOException {
        orders.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        orders.flush();
    }

    /** Waits for the end of what was started, which is killed when it takes too long. */
    Ended end() {
        try {
            String answer = poll();
            boolean late = answer == null;
            if (late) {
                signal(SIGKILL);
                answer = poll();
            }
            String said = Files.readString(output, StandardCharsets.ISO_8859_1).strip();
            if (late) {
                return new Ended(null, said);
            }
            if (answer != null && answer.startsWith("exit ")) {
                return new Ended(number(answer, "exit "), said);
            }
            if (answer != null && answer.startsWith("killed ")) {
                return new Ended(-number(answer, "killed "), said);
            }
            throw bench.notChecked("the place it is tried in said " + answer);
        } catch (IOException e) {
            throw bench.notChecked("nothing can be tried here: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
