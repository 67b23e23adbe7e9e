package org.brkmap.procfs;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a thread is doing in the kernel, from {@code /proc/PID/syscall} (proc_pid_syscall(5)). Immutable.
 *
 * @param number the system call's number on its architecture; null if it runs, or waits outside of a call
 * @param arguments the call's six arguments; empty without a call
 * @param stackPointer null if it runs
 * @param programCounter null if it runs
 */
public record CurrentCall(
        @Nullable Long number,
        List<Long> arguments,
        @Nullable Long stackPointer,
        @Nullable Long programCounter) {

    private static final int ARGUMENTS = 6;

    public CurrentCall {
        arguments = List.copyOf(arguments);
    }

    /** Whether the thread is on a processor or ready for one, so that nothing is known of it. */
    public boolean isRunning() {
        return programCounter == null;
    }

    static CurrentCall parse(InputStream in, String source) throws IOException {
        Rows rows = new Rows(in, source);
        if (!rows.next()) {
            throw rows.malformed("a row");
        }
        if (rows.skip("running")) {
            return new CurrentCall(null, List.of(), null, null);
        }
        long number = rows.signed();
        List<Long> arguments = new ArrayList<>();
        if (number != -1) {
            for (int i = 0; i < ARGUMENTS; i++) {
                arguments.add(word(rows));
            }
        }
        long stackPointer = word(rows);
        long programCounter = word(rows);
        return new CurrentCall(number == -1 ? null : number, arguments, stackPointer, programCounter);
    }

    private static long word(Rows rows) throws ProcException {
        rows.expect(' ');
        rows.expect('0');
        rows.expect('x');
        return rows.hex();
    }
}
