package org.brkmap.procfs;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code /proc/PID/status} (proc_pid_status(5)), as far as memory and rights are concerned. Sizes are bytes; null where this
 * kernel, or this kind of process, has no such row: a process that has ended and a thread of the kernel's have no sizes. Immutable.
 *
 * @param name the command's name, with newline and backslash escaped by the kernel
 * @param threadGroup the process that the thread belongs to
 * @param tracer the process that traces it, or 0
 * @param namespacePids its number in each pid namespace from ours to its own; empty where the kernel does not say
 * @param virtualSize VmSize: mapped, without [vsyscall]
 * @param virtualPeak VmPeak: the largest VmSize so far
 * @param resident VmRSS; a sum that some kernels let lag behind by some pages a thread
 * @param residentPeak VmHWM
 * @param data VmData: private writable mappings less the stack
 * @param capabilities CapEff, as a mask
 * @param seccompMode 0 none, 1 strict, 2 filter
 */
public record ProcStatus(
        String name,
        char state,
        int pid,
        int threadGroup,
        int parent,
        int tracer,
        List<Integer> namespacePids,
        int uid,
        int effectiveUid,
        @Nullable Long virtualSize,
        @Nullable Long virtualPeak,
        @Nullable Long resident,
        @Nullable Long residentPeak,
        @Nullable Long residentAnonymous,
        @Nullable Long residentFile,
        @Nullable Long residentShared,
        @Nullable Long data,
        @Nullable Long stack,
        @Nullable Long code,
        @Nullable Long libraries,
        @Nullable Long pageTables,
        @Nullable Long swapped,
        @Nullable Long locked,
        @Nullable Integer threads,
        @Nullable Long capabilities,
        @Nullable Integer seccompMode) {

    public ProcStatus {
        namespacePids = List.copyOf(namespacePids);
    }

    static ProcStatus parse(InputStream in, String source) throws IOException {
        return new Parser(new Rows(in, source)).parse();
    }

    /** Numbers by their row's key; rows that hold no number where we look are left out. */
    private static final class Parser {
        private final Rows rows;
        private final Map<String, List<Long>> numbers = new HashMap<>();
        private String name = "";
        private char state = '?';

        Parser(Rows rows) {
            this.rows = rows;
        }

        ProcStatus parse() throws IOException {
            while (rows.next()) {
                row();
            }
            return new ProcStatus(
                    name,
                    state,
                    required("Pid", 0),
                    required("Tgid", 0),
                    required("PPid", 0),
                    required("TracerPid", 0),
                    numbers.getOrDefault("NSpid", List.of()).stream()
                            .map(Long::intValue)
                            .toList(),
                    required("Uid", 0),
                    required("Uid", 1),
                    number("VmSize"),
                    number("VmPeak"),
                    number("VmRSS"),
                    number("VmHWM"),
                    number("RssAnon"),
                    number("RssFile"),
                    number("RssShmem"),
                    number("VmData"),
                    number("VmStk"),
                    number("VmExe"),
                    number("VmLib"),
                    number("VmPTE"),
                    number("VmSwap"),
                    number("VmLck"),
                    whole("Threads"),
                    number("CapEff"),
                    whole("Seccomp"));
        }

        private void row() throws ProcException {
            while (rows.peek() != ':') {
                rows.take();
            }
            String key = rows.since(0);
            rows.expect(':');
            if (key.equals("Name")) {
                rows.expect('\t');
                name = rows.rest();
                return;
            }
            rows.skipBlanks();
            if (key.equals("State")) {
                state = (char) rows.take();
            } else if (key.equals("CapEff")) {
                numbers.put(key, List.of(rows.hex()));
            } else if (rows.peek() >= '0' && rows.peek() <= '9' && isDecimal(key)) {
                numbers.put(key, decimals());
            }
        }

        /** Masks of signals, processors and nodes are hexadecimal or lists. */
        private static boolean isDecimal(String key) {
            return key.startsWith("Vm")
                    || key.startsWith("Rss")
                    || key.endsWith("id")
                    || key.equals("Threads")
                    || key.equals("Seccomp");
        }

        private List<Long> decimals() throws ProcException {
            List<Long> found = new ArrayList<>();
            while (rows.peek() >= '0' && rows.peek() <= '9') {
                found.add(rows.decimal());
                rows.skipBlanks();
            }
            if (rows.skip("kB")) {
                found.replaceAll(kilobytes -> kilobytes * 1024);
            }
            return found;
        }

        private int required(String key, int index) throws ProcException {
            List<Long> found = numbers.get(key);
            if (found == null || found.size() <= index) {
                throw rows.malformed("a row " + key + " before");
            }
            return found.get(index).intValue();
        }

        private @Nullable Long number(String key) {
            List<Long> found = numbers.get(key);
            return found == null ? null : found.get(0);
        }

        private @Nullable Integer whole(String key) {
            Long found = number(key);
            return found == null ? null : Integer.valueOf(found.intValue());
        }
    }
}
