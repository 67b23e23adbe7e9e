package org.brkmap.procfs;

import java.io.IOException;
import java.io.InputStream;

/**
 * What a process has read and written since it began, from {@code /proc/PID/io} (proc_pid_io(5)). Immutable.
 *
 * @param readCharacters rchar: bytes that read(2) and its like have returned
 * @param writtenCharacters wchar
 * @param readCalls syscr: how many calls
 * @param writeCalls syscw
 * @param readBytes read_bytes: bytes fetched from storage
 * @param writtenBytes write_bytes
 * @param cancelledBytes cancelled_write_bytes
 */
public record IoCounts(
        long readCharacters,
        long writtenCharacters,
        long readCalls,
        long writeCalls,
        long readBytes,
        long writtenBytes,
        long cancelledBytes) {

    static IoCounts parse(InputStream in, String source) throws IOException {
        Rows rows = new Rows(in, source);
        return new IoCounts(
                count(rows, "rchar: "),
                count(rows, "wchar: "),
                count(rows, "syscr: "),
                count(rows, "syscw: "),
                count(rows, "read_bytes: "),
                count(rows, "write_bytes: "),
                count(rows, "cancelled_write_bytes: "));
    }

    private static long count(Rows rows, String key) throws IOException {
        if (!rows.next() || !rows.skip(key)) {
            throw rows.malformed(key);
        }
        return rows.decimal();
    }
}
