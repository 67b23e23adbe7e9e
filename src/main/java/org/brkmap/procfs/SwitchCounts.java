package org.brkmap.procfs;

import java.io.IOException;
import java.io.InputStream;

/** The last rows of {@code /proc/PID/task/TID/status}: how often the thread has left its processor (proc_pid_status(5)). */
final class SwitchCounts {
    private SwitchCounts() {}

    /** The sum of both rows: given up and taken away. */
    static long parse(InputStream in, String source) throws IOException {
        Rows rows = new Rows(in, source);
        long sum = 0;
        int found = 0;
        while (rows.next()) {
            if (rows.skip("voluntary_ctxt_switches:\t") || rows.skip("nonvoluntary_ctxt_switches:\t")) {
                sum += rows.decimal();
                found++;
            }
        }
        if (found != 2) {
            throw rows.malformed("two rows of context switches before");
        }
        return sum;
    }
}
