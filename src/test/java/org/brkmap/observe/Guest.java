package org.brkmap.observe;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.brkmap.libc.Processes;
import org.brkmap.libc.Signal;
import org.brkmap.toolchain.Tool;

/**
 * A process of src/test/c/guest.c that is none of ours: a shell starts it and is gone, for the JVM's own wait would take away
 * the stops of a child of its own. It is spoken to through two pipes with names.
 */
final class Guest implements AutoCloseable {
    private final int pid;
    private final OutputStream in;
    private final BufferedReader out;
    private final Path directory;

    private Guest(int pid, OutputStream in, BufferedReader out, Path directory) {
        this.pid = pid;
        this.in = in;
        this.out = out;
        this.directory = directory;
    }

    static Guest start() throws Exception {
        Path program = Observed.program("guest");
        Path directory = Files.createTempDirectory("brkmap-guest");
        String script = "mkfifo in out && { exec \"$0\" <>in >out 2>/dev/null & echo $!; }";
        // The pipe is opened for both at the guest's input, so that nobody waits for the other side to come.
        Process shell = new ProcessBuilder("sh", "-c", script, program.toString())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        int pid;
        try (BufferedReader said = shell.inputReader(StandardCharsets.UTF_8)) {
            pid = Integer.parseInt(said.readLine());
        }
        BufferedReader out = Files.newBufferedReader(directory.resolve("out"));
        Guest guest = new Guest(pid, Files.newOutputStream(directory.resolve("in")), out, directory);
        guest.ask("malloc 1");
        return guest;
    }

    int pid() {
        return pid;
    }

    void tell(String line) throws IOException {
        in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        in.flush();
    }

    /** Its answer, a line. */
    String ask(String line) throws IOException {
        tell(line);
        return String.valueOf(out.readLine());
    }

    void signal(String name) throws Exception {
        Tool.of("kill", "-" + name, String.valueOf(pid)).run();
    }

    /** What a tracer could change, by the row's name: who traces it, its state, masks of signals, threads. */
    Map<String, String> traits() throws IOException {
        return traits(pid);
    }

    static Map<String, String> traits(int pid) throws IOException {
        List<String> wanted =
                List.of("State", "TracerPid", "SigPnd", "ShdPnd", "SigBlk", "SigIgn", "SigCgt", "Threads");
        Map<String, String> traits = new TreeMap<>();
        for (String row : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
            int colon = row.indexOf(':');
            if (wanted.contains(row.substring(0, colon))) {
                traits.put(row.substring(0, colon), row.substring(colon + 1).strip());
            }
        }
        return traits;
    }

    @Override
    public void close() throws IOException {
        Processes.kill(pid, Signal.SIGKILL);
        in.close();
        out.close();
        for (String name : List.of("in", "out")) {
            Files.deleteIfExists(directory.resolve(name));
        }
        Files.deleteIfExists(directory);
    }
}
