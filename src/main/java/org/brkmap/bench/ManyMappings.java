package org.brkmap.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.brkmap.procfs.ProcFs;
import org.brkmap.toolchain.Tether;

/** A process of a given number of mappings that stands still (sample-c/many_mappings). Closing ends it. */
record ManyMappings(int pid, int rows, Process process, Tether tether) implements AutoCloseable {
    /** More than one: the outermost may merge with a neighbour. */
    private static final long FEW = 4;

    /**
     * Starts one.
     *
     * @param rows that maps shall show; a process has some twenty of its own, fewer cannot be had
     * @return none where a process may not have so many (/proc/sys/vm/max_map_count)
     */
    static Optional<ManyMappings> start(String program, int rows) throws IOException {
        Optional<ManyMappings> few = start(program, FEW);
        if (few.isEmpty()) {
            return few;
        }
        long others;
        try (ManyMappings process = few.get()) {
            others = process.rows() - FEW;
        }
        return start(program, Math.max(1L, rows - others));
    }

    private static Optional<ManyMappings> start(String program, long own) throws IOException {
        Process process = new ProcessBuilder(program, String.valueOf(own)).start();
        Tether tether = Tether.of(process);
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        if (output.readLine() == null) {
            process.destroyForcibly();
            tether.release();
            return Optional.empty();
        }
        int pid = (int) process.pid();
        return Optional.of(new ManyMappings(pid, ProcFs.live().maps(pid).size(), process, tether));
    }

    @Override
    public void close() {
        process.destroyForcibly();
        tether.release();
    }
}
