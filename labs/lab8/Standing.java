package lab8;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Recipe;
import org.brkmap.model.AddressRange;
import org.brkmap.model.Mapping;
import org.brkmap.procfs.ProcException;
import org.brkmap.procfs.ProcFs;

/**
 * A program that waits for a key and is not traced, and the bytes of its [stack], read by /proc/PID/mem
 * (proc_pid_mem(5)) while it waits. Ended on close.
 */
final class Standing implements AutoCloseable {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);

    private final Process process;
    private List<Mapping> map = List.of();
    private String program = "";
    private AddressRange stack = new AddressRange(0, 0);
    private ByteBuffer bytes = ByteBuffer.allocate(0);

    private Standing(Process process) {
        this.process = process;
    }

    /** What is read from a program that stands still. */
    interface Look<T> {
        T at(Standing standing);
    }

    /** Builds and starts a program, looks at it when it waits for its first key, and ends it. */
    static <T> T look(Bench bench, Recipe recipe, Look<T> look) {
        List<String> command = new ArrayList<>();
        command.add(bench.build(recipe).executable().toString());
        command.addAll(recipe.arguments());
        try (Standing standing = new Standing(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start())) {
            standing.awaitPrompt();
            standing.readStack();
            return look.at(standing);
        } catch (ProcException e) {
            throw bench.notChecked("the memory of a process cannot be read here: " + e.getMessage());
        } catch (IOException e) {
            throw new AssertionError(recipe.name() + ": " + e.getMessage(), e);
        }
    }

    private void awaitPrompt() throws IOException {
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        String line = output.readLine();
        while (line != null && !line.startsWith("Press key")) {
            line = output.readLine();
        }
        if (line == null) {
            throw new IOException("the program ended before it asked for a key");
        }
        long deadline = System.nanoTime() + PATIENCE;
        while (ProcFs.live().stat(pid()).state() != 'S') {
            if (System.nanoTime() > deadline) {
                throw new IOException("the program does not wait for its key");
            }
            Thread.onSpinWait();
        }
    }

    private void readStack() throws IOException {
        map = ProcFs.live().maps(pid());
        program = ProcFs.live().exe(pid());
        stack = map.stream()
                .filter(row -> row.backing().isLabelled("[stack]"))
                .map(Mapping::range)
                .findFirst()
                .orElseThrow(() -> new IOException("the program has no [stack]"));
        byte[] read = new byte[(int) stack.length()];
        int length = ProcFs.live().readMemory(pid(), stack.start(), read);
        if (length < read.length) {
            throw new IOException("only " + length + " of " + read.length + " bytes of [stack] could be read");
        }
        bytes = ByteBuffer.wrap(read).order(ByteOrder.nativeOrder());
    }

    /** The addresses in [stack] at which these bytes lie, from low to high. */
    List<Long> find(byte[] wanted) {
        List<Long> found = new ArrayList<>();
        for (int at = 0; at + wanted.length <= bytes.limit(); at++) {
            if (ByteBuffer.wrap(wanted).equals(bytes.slice(at, wanted.length))) {
                found.add(stack.start() + at);
            }
        }
        return found;
    }

    /** The eight bytes at an address of [stack], as a number. */
    long word(long address) {
        return bytes.getLong((int) (address - stack.start()));
    }

    AddressRange stack() {
        return stack;
    }

    /** Whether an address lies in a row of the program's own file that may be executed. */
    boolean isCode(long address) {
        return map.stream()
                .filter(row ->
                        row.range().contains(address) && row.permissions().execute())
                .anyMatch(row -> row.backing().name().equals(program));
    }

    private int pid() {
        return (int) process.pid();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
